package dev.weir.tiktokshop.internal.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Connection;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Does the channel keep within what the shop grants? */
class QuotaTest {
    private ChannelBench bench;
    private TikTokShopSandbox shop;

    @BeforeEach
    void open() {
        bench = new ChannelBench("tiktok-shop", Clock.systemUTC());
        shop = (TikTokShopSandbox) bench.platform();
        shop.flip("quota", true);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void budgetThatIsOursAlone_isNeverExceeded() {
        check(bench.connection(), 110);

        assertThat(shop.tooMany()).isZero();
    }

    private void check(Connection connection, int times) {
        for (int call = 0; call < times; call++) {
            assertThat(bench.channel().check(connection).ok()).isTrue();
        }
    }
}
