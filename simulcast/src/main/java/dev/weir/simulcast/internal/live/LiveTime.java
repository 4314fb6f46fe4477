package dev.weir.simulcast.internal.live;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The two clocks of a live: one that only moves forward, for lengths, and the one on the wall, for dates. */
public interface LiveTime {

    /** Milliseconds since a fixed moment; never goes back. */
    long millis();

    /** The date and time now. */
    Instant instant();

    /** The machine's monotonic clock beside {@code wall}. */
    static LiveTime of(InstantSource wall) {
        return new LiveTime() {
            @Override
            public long millis() {
                return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            }

            @Override
            public Instant instant() {
                return wall.instant();
            }
        };
    }
}
