package dev.weir.simulcast.internal.whip;

/**
 * When is the publisher asked for a key frame? Every two seconds without one, because browsers send none by themselves
 * and joiners, HLS and targets need them; and soon after somebody wants one. Twice within half a second never: the
 * second request waits. {@link #want} may be called by any thread, the rest by one.
 */
final class KeyFrameRequests {

    private static final long PERIOD_MILLIS = 2000;
    private static final long APART_MILLIS = 500;

    private volatile boolean wanted;
    private long lastKey;
    private long lastRequest;
    private long sent;

    /** The first picture may still be a key frame without being asked for. */
    KeyFrameRequests(long now) {
        lastKey = now;
        lastRequest = now;
    }

    void want() {
        wanted = true;
    }

    void keyArrived(long now) {
        lastKey = now;
        wanted = false;
    }

    /** True when a request must be sent now. */
    boolean isDue(long now) {
        boolean overdue = now - Math.max(lastKey, lastRequest) >= PERIOD_MILLIS;
        if (!(wanted || overdue) || now - lastRequest < APART_MILLIS) {
            return false;
        }
        wanted = false;
        lastRequest = now;
        sent++;
        return true;
    }

    long sent() {
        return sent;
    }
}
