package dev.weir.hub.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.reservation.ReservationModule;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** What must be looked after while nobody asks: lapsed holds, and checkouts whose answer never came. */
@Component
class Housekeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration RECOVER = Duration.ofSeconds(3);

    private final ReservationModule reservation;
    private final Checkouts checkouts;
    private volatile ScheduledExecutorService timer = idle();

    Housekeeping(ReservationModule reservation, Checkouts checkouts) {
        this.reservation = reservation;
        this.checkouts = checkouts;
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("housekeeping-", 0).daemon().factory());
        timer = started;
        started.execute(guarded("resync", reservation::resync));
        every(started, SWEEP, guarded("sweep", reservation.sweeper()::sweep));
        every(started, RECOVER, guarded("recover checkouts", checkouts::recover));
    }

    @Override
    public void stop() {
        timer.shutdown();
        try {
            timer.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
        timer = idle();
    }

    @Override
    public boolean isRunning() {
        return !timer.isShutdown();
    }

    private static void every(ScheduledExecutorService timer, Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(task, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A task that throws would never be run again. */
    private static Runnable guarded(String name, java.util.function.Supplier<?> task) {
        return () -> {
            try {
                LOG.trace("{}: {}", name, task.get());
            } catch (RuntimeException e) {
                LOG.warn("{} failed and will be tried again", name, e);
            }
        };
    }

    private static ScheduledExecutorService idle() {
        ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
        none.shutdown();
        return none;
    }
}
