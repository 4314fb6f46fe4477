package dev.weir.simulcast.internal.whep;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Which wall-clock time belongs to which media time of a live? One answer for both tracks, so that players keep lips
 * and voice together. The first frames come in a burst; the one that came with the least delay decides. Thread-safe.
 */
final class RoomClock {

    private static final double DRIFT_SHARE = 1 / 1024.0;
    private static final double JUMP_MILLIS = 3000;

    private final InstantSource clock;
    private double offsetMillis = Double.NaN;

    RoomClock(InstantSource clock) {
        this.clock = clock;
    }

    /** A frame of this media time has come now. */
    synchronized void seen(long mediaMillis) {
        double offset = clock.millis() - (double) mediaMillis;
        if (Double.isNaN(offsetMillis) || offset < offsetMillis || offset > offsetMillis + JUMP_MILLIS) {
            offsetMillis = offset;
        } else {
            offsetMillis += (offset - offsetMillis) * DRIFT_SHARE;
        }
    }

    /** True once a frame was seen. */
    synchronized boolean known() {
        return !Double.isNaN(offsetMillis);
    }

    /** Now, on the wall, in whole milliseconds. */
    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** The media time that belongs to an instant. */
    synchronized double mediaMillis(Instant instant) {
        return instant.toEpochMilli() - offsetMillis;
    }
}
