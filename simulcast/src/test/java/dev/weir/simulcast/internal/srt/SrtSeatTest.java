package dev.weir.simulcast.internal.srt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.SrtConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Does a seat end when its port is closed, however far it had come? */
class SrtSeatTest {
    private static final SrtConfig CONFIG =
            SrtConfig.on("127.0.0.1", 0, "a long enough secret", "the-key", "autumn-kiln");

    @Test
    void closingAPortWhoseSeatIsAboutToBegin_waitsForItAndDoesNotFail() throws Exception {
        var left = new AtomicBoolean();
        var seat = new SrtSeat(CONFIG, any -> new PublishVerdict.Refused("nobody"), any -> left.set(true));

        seat.stop();
        seat.join(Duration.ofMillis(1));
        assertThat(left).isFalse();

        seat.start();
        seat.join(Duration.ofSeconds(10));
        assertThat(left).isTrue();
    }
}
