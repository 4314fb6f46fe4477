package dev.weir.simulcast.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TakenOverTest {

    private final AtomicLong nanos = new AtomicLong();
    private final TakenOver takenOver = new TakenOver(nanos::get);

    @Test
    void session_isRememberedForTenMinutes() {
        takenOver.add("mine");
        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        assertThat(takenOver.contains("mine")).isTrue();
        assertThat(takenOver.contains("another")).isFalse();

        nanos.incrementAndGet();
        assertThat(takenOver.contains("mine")).isFalse();
    }

    @Test
    void manySessions_pushOutTheOldestOnly() {
        takenOver.add("oldest");
        for (int i = 0; i < 1024; i++) {
            takenOver.add("session " + i);
        }

        assertThat(takenOver.contains("oldest")).isFalse();
        assertThat(takenOver.contains("session 0")).isTrue();
    }
}
