package dev.weir.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Check;
import dev.weir.connectors.ContractBase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What does the operator hear of a version that ends? */
class SunsetTest extends ContractBase {
    private final Clock clock = Clock.fixed(Instant.parse("2027-01-21T00:00:00Z"), ZoneOffset.UTC);

    @Override
    protected String channel() {
        return "instagram";
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    @Test
    void version_thatHasEnded_isRefusedByThePlatform_andOneThatEndsSoonIsTold() {
        Check ended = check("v21.0");
        Check soon = check("v22.0");

        assertThat(ended.ok()).isFalse();
        assertThat(ended.detail()).contains("2500");
        assertThat(soon.ok()).isTrue();
        assertThat(check("v23.0").detail()).doesNotContain("ends on");
        assertThat(check("v26.0").detail()).isEqualTo("Catalogue Weir demo, 3 products");
    }

    @Test
    void version_thatEndsWithinThreeMonths_isNamedWithItsDay() {
        assertThat(check("v22.0").detail()).doesNotContain("ends on");
        Clock later = Clock.fixed(Instant.parse("2027-02-20T00:00:00Z"), ZoneOffset.UTC);
        try (ChannelBench moved = new ChannelBench(channel(), later)) {
            Map<String, String> settings = new HashMap<>(moved.connection().settings());
            settings.put("graphVersion", "v22.0");
            assertThat(moved.channel().check(moved.connection(settings)).detail())
                    .contains("graphVersion v22.0 ends on 2027-05-20: enter v26.0");
        }
    }

    @Test
    void live_takesUprightPicturesOverTls_atTheAddressThatWasEntered() {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        var usual = channelUnderTest()
                .liveDestination(bench.connection(settings))
                .presets()
                .getFirst();
        settings.put("liveIngest", "rtmps://edge.example:443/rtmp/");
        var entered = channelUnderTest()
                .liveDestination(bench.connection(settings))
                .presets()
                .getFirst();

        assertThat(usual.ingest()).isEqualTo("rtmps://live-upload.instagram.com:443/rtmp/{key}");
        assertThat(entered.ingest()).isEqualTo("rtmps://edge.example:443/rtmp/{key}");
        assertThat(usual.portrait()).isTrue();
        assertThat(usual.maxKilobits()).isEqualTo(6_256);
        assertThat(usual.keySource()).contains("question mark").contains("Go live");
    }

    private Check check(String version) {
        Map<String, String> settings = new HashMap<>(bench.connection().settings());
        settings.put("graphVersion", version);
        return channelUnderTest().check(bench.connection(settings));
    }
}
