package dev.weir.bigcommerce.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Is the store asked as it wants to be: in JSON, over TLS, and no oftener than its quota allows? */
class DoorStoriesTest extends Stories {
    @Test
    void quotaThatIsOursAlone_isNeverExceeded_overSeveralWindows() {
        try (ChannelBench live = new ChannelBench("bigcommerce", Clock.systemUTC())) {
            BigCommerceSandbox tight = (BigCommerceSandbox) live.platform();
            tight.flip("tight-quota", true);

            for (int call = 0; call < 25; call++) {
                assertThat(live.channel().check(live.connection()).ok()).isTrue();
            }

            assertThat(tight.tooMany()).isZero();
        }
    }

    @Test
    void callThatIsRefusedForThePlatformsSake_waitsAsLongAsItSays() {
        shop.flip("load-shed", true);

        ChannelException refusal = refused(
                Fault.THROTTLED,
                () -> bench.channel().orderPoll(bench.connection()).changedSince(clock.instant()));

        assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @Test
    void address_isTakenOverTlsAlone_butForThisMachine() {
        for (String address : List.of(
                "http://api.bigcommerce.com", "HTTP://127.0.0.1:1", "ftp://api.bigcommerce.com", "no address")) {
            assertThat(bench.channel().check(with(Map.of("baseUrl", address))).detail())
                    .isEqualTo("baseUrl: " + address + " (expected: https://host)");
        }
    }

    @Test
    void storeHash_thatIsNone_isNamed() {
        assertThat(bench.channel().check(with(Map.of("storeHash", "../v2"))).detail())
                .startsWith("storeHash: ../v2 (expected: letters and digits");
    }
}
