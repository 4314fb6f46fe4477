package dev.weir.hub.internal;

import dev.weir.checkout.Checkouts;
import dev.weir.hub.internal.connections.KnownConnections;
import dev.weir.hub.internal.connections.SecretProofs;
import dev.weir.hub.internal.replays.Replays;
import dev.weir.live.RunSheet;
import dev.weir.live.Shows;
import dev.weir.orders.AttributionRules;
import dev.weir.orders.OrderBook;
import dev.weir.reservation.LapseWatch;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.Shortfalls;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What must be looked after while nobody asks: lapsed holds, channels' units, open checkouts, proofs, deliveries and rules
 * once more.
 */
@Component
class Housekeeping implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration REBALANCE = Duration.ofSeconds(5);
    private static final Duration RECOVER = Duration.ofSeconds(3);
    private static final Duration PROVE = Duration.ofSeconds(3);
    private static final Duration RERUN = Duration.ofSeconds(3);
    private static final Duration LEARN = Duration.ofSeconds(30);

    private static final int MOST_SUPPLIED = 50;

    private final ReservationModule reservation;
    private final Checkouts checkouts;
    private final OrderBook orders;
    private final AttributionRules attribution;
    private final KnownConnections known;
    private final SecretProofs proofs;
    private final Replays replays;
    private final OnAir onAir;
    private volatile ScheduledExecutorService timer = idle();
    private volatile @Nullable LapseWatch lapses;

    Housekeeping(
            ReservationModule reservation,
            Checkouts checkouts,
            OrderBook orders,
            AttributionRules attribution,
            KnownConnections known,
            SecretProofs proofs,
            Replays replays,
            Shows shows,
            RunSheet runSheet) {
        this.reservation = reservation;
        this.checkouts = checkouts;
        this.orders = orders;
        this.attribution = attribution;
        this.known = known;
        this.proofs = proofs;
        this.replays = replays;
        this.onAir = new OnAir(shows, runSheet);
    }

    @Override
    public void start() {
        ScheduledExecutorService started = Executors.newScheduledThreadPool(
                3, Thread.ofPlatform().name("housekeeping-", 0).daemon().factory());
        timer = started;
        started.execute(guarded("resync", reservation::resync));
        // A thread of its own: what else is looked after must not keep lapsed units from those who wait.
        lapses = LapseWatch.start(reservation.sweeper());
        every(started, SWEEP, guarded("sweep", reservation.sweeper()::sweep));
        every(started, SWEEP, guarded("settle allocations", reservation.allocations()::settle));
        every(
                started,
                REBALANCE,
                guarded("rebalance", () -> reservation.rebalancer().rebalance(onAir.skus())));
        every(started, SWEEP, guarded("supply short orders", this::supply));
        every(started, RECOVER, guarded("recover checkouts", checkouts::recover));
        every(started, PROVE, guarded("prove stock", reservation.proof()::prove));
        every(started, LEARN, guarded("remember connections", known::learn));
        every(started, LEARN, guarded("learn whose secret is unproven", proofs::learn));
        every(started, SWEEP, guarded("replay deliveries", replays::carryOn));
        every(started, RERUN, guarded("judge orders again", attribution::carryOn));
    }

    /** Orders that wait for units, each in a transaction of its own; the order's row keeps two hubs apart. */
    private int supply() {
        int supplied = 0;
        for (Shortfalls.Waiting waiting : reservation.shortfalls().ready(MOST_SUPPLIED)) {
            supplied += orders.supply(waiting.cause()) instanceof OrderBook.Intake.Done ? 1 : 0;
        }
        return supplied;
    }

    @Override
    public void stop() {
        timer.shutdown();
        LapseWatch watch = lapses;
        if (watch != null) {
            watch.close();
        }
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
