package dev.weir.reservation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who sees to it that a hold ends when its time is over, although nobody asks for its units? A thread that sleeps until the
 * next one is due, 250 ms at most: so a hold that is made while it sleeps, for a second or more, is never missed. Any number
 * of hubs may watch one database. Thread-safe.
 */
public final class LapseWatch implements AutoCloseable {
    private static final long CLOSED_WITHIN_SECONDS = 3;

    private final Sweeper sweeper;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("lapses").daemon().unstarted(this::watch);

    private LapseWatch(Sweeper sweeper) {
        this.sweeper = sweeper;
    }

    /** Watches until it is closed. */
    public static LapseWatch start(Sweeper sweeper) {
        LapseWatch watch = new LapseWatch(sweeper);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try {
            Duration wait = sweeper.lapse();
            while (!closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = sweeper.lapse();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what it has in hand, 3 s at most. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(CLOSED_WITHIN_SECONDS))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
