package dev.weir.simulcast.internal.whep;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How often is a host asked for a key frame? At most once in half a second. A request that comes too early is
 * delayed, never dropped: whoever asked has no picture until it is answered. Thread-safe.
 */
final class KeyFrameRequests {

    private static final long LEAST_NANOS = 500_000_000L;

    private final Runnable ask;
    private long lastNanos = System.nanoTime() - LEAST_NANOS;
    private boolean waiting;

    KeyFrameRequests(Runnable ask) {
        this.ask = ask;
    }

    /** Somebody needs one; the executor is used when it must wait. */
    void request(ScheduledExecutorService timer) {
        synchronized (this) {
            if (waiting) {
                return;
            }
            long left = lastNanos + LEAST_NANOS - System.nanoTime();
            if (left > 0) {
                waiting = true;
                timer.schedule(this::due, left, TimeUnit.NANOSECONDS);
                return;
            }
            lastNanos = System.nanoTime();
        }
        ask.run();
    }

    private void due() {
        synchronized (this) {
            waiting = false;
            lastNanos = System.nanoTime();
        }
        ask.run();
    }
}
