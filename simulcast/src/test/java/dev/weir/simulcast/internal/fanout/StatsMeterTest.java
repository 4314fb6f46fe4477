package dev.weir.simulcast.internal.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import org.junit.jupiter.api.Test;

class StatsMeterTest {

    @Test
    void thirtyPicturesASecond_areCountedAsThirty() {
        var meter = new StatsMeter();
        for (int i = 0; i < 100; i++) {
            long time = i * 1000L / 30;
            meter.add(new MediaUnit(Track.VIDEO, time, time, i % 60 == 0, new byte[1000], StreamHeaders.NONE));
        }

        FanoutStats stats = meter.snapshot(0);
        assertThat(stats.framesPerSecond()).isCloseTo(30, within(0.1));
        assertThat((double) stats.bitsPerSecond()).isCloseTo(240_000, within(1000.0));
    }
}
