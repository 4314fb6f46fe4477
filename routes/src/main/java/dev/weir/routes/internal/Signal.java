package dev.weir.routes.internal;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Is there something to do before the next look? Raised many times, it wakes one waiter once. Thread-safe. */
public final class Signal {
    private final Semaphore raised = new Semaphore(0);

    /** Wakes the waiter, now or when it next waits. */
    public void raise() {
        raised.release();
    }

    /** Waits for a raise, at most {@code most}; whether one came. */
    public boolean await(Duration most) throws InterruptedException {
        boolean came = raised.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS);
        raised.drainPermits();
        return came;
    }
}
