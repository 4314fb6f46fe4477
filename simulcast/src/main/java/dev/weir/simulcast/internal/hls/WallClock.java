package dev.weir.simulcast.internal.hls;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells at which wall time a moment of the media timeline was: fixed where a range begins, exact to the millisecond
 * within it. The encoder's clock and the hub's drift apart over hours, so a range that is off by more than 50 ms is
 * moved by one millisecond a segment. Not thread-safe.
 */
final class WallClock {

    private static final long ALLOWED_MILLIS = 50;

    private final InstantSource clock;
    private long anchorDts;
    private long anchorWall;
    private long leastLag = Long.MAX_VALUE;

    WallClock(InstantSource clock) {
        this.clock = clock;
    }

    /** A range begins with this frame, now. */
    void anchor(long dtsMillis) {
        anchorDts = dtsMillis;
        anchorWall = clock.millis();
        leastLag = Long.MAX_VALUE;
    }

    /** A frame has arrived; the least late one since the last correction tells the drift. */
    void observe(long dtsMillis) {
        leastLag = Math.min(leastLag, clock.millis() - wall(dtsMillis));
    }

    /** A segment begins: the moment for a correction. */
    void correct() {
        if (leastLag != Long.MAX_VALUE && Math.abs(leastLag) > ALLOWED_MILLIS) {
            anchorWall += Long.signum(leastLag);
        }
        leastLag = Long.MAX_VALUE;
    }

    Instant at(long mediaMillis) {
        return Instant.ofEpochMilli(wall(mediaMillis));
    }

    private long wall(long mediaMillis) {
        return anchorWall + mediaMillis - anchorDts;
    }
}
