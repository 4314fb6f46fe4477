package dev.weir.simulcast.internal.live;

/**
 * What is the media time now, between two frames and while there are none?
 *
 * <p>Frames come late but never early: the least delayed one of the last seconds tells how the media's clock stands to
 * ours. Not thread-safe.
 */
final class MediaClock {

    private static final long BUCKET_MILLIS = 1000;

    private long bucketFrom;
    private long bucketDelay;
    private long delay = Long.MAX_VALUE;
    private long latest;

    /** A frame with that media time arrived at {@code now}. */
    void arrived(long mediaMillis, long now) {
        long late = now - mediaMillis;
        if (delay == Long.MAX_VALUE) {
            bucketFrom = now;
            bucketDelay = late;
            delay = late;
        } else if (now - bucketFrom >= BUCKET_MILLIS) {
            delay = Math.min(bucketDelay, late);
            bucketFrom = now;
            bucketDelay = late;
        } else {
            bucketDelay = Math.min(bucketDelay, late);
            delay = Math.min(delay, late);
        }
    }

    /** The next frame does not follow the ones before. */
    void restart() {
        delay = Long.MAX_VALUE;
    }

    /** Media time at {@code now}, never less than it was; 0 before the first frame. */
    long at(long now) {
        if (delay != Long.MAX_VALUE) {
            latest = Math.max(latest, now - delay);
        }
        return latest;
    }
}
