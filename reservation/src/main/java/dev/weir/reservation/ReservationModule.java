package dev.weir.reservation;

import dev.weir.connectors.Outbox;
import dev.weir.reservation.internal.DueSweeper;
import dev.weir.reservation.internal.Gate;
import dev.weir.reservation.internal.JdbcAllocations;
import dev.weir.reservation.internal.JdbcBundles;
import dev.weir.reservation.internal.JdbcChannelLevels;
import dev.weir.reservation.internal.JdbcFairness;
import dev.weir.reservation.internal.JdbcLeases;
import dev.weir.reservation.internal.JdbcStockHistory;
import dev.weir.reservation.internal.JdbcStockLedger;
import dev.weir.reservation.internal.JdbcStockProof;
import dev.weir.reservation.internal.JdbcWaitlist;
import dev.weir.reservation.internal.Ledger;
import dev.weir.reservation.internal.LedgerReservations;
import dev.weir.reservation.internal.NoGate;
import dev.weir.reservation.internal.RedisGate;
import dev.weir.reservation.internal.Secrets;
import dev.weir.reservation.internal.ShortfallDesk;
import dev.weir.reservation.internal.VelocityRebalancer;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How is this folder put together? Holds and stock over one PostgreSQL database that {@code db/migration/V1_*} prepared, with
 * or without a Redis in front. Thread-safe. Call {@link #resync()} once at start and {@link Sweeper#sweep()} every second, and
 * have a {@link LapseWatch} between.
 */
public final class ReservationModule implements AutoCloseable {
    private static final int TRANSACTION_SECONDS = 5;

    private final Reservations reservations;
    private final StockLedger stock;
    private final Sweeper sweeper;
    private final ForChannels channels;
    private final ForDrops drops;
    private final Gate gate;
    private final StockHistory history;
    private final StockProof proof;

    private record ForChannels(
            Allocations allocations,
            ChannelLevels levels,
            Rebalancer rebalancer,
            Shortfalls shortfalls,
            Leases leases) {}

    private record ForDrops(Bundles bundles, Fairness fairness, Waitlist waitlist) {}

    private ReservationModule(
            Reservations reservations,
            StockLedger stock,
            Sweeper sweeper,
            ForChannels channels,
            ForDrops drops,
            Gate gate,
            StockHistory history,
            StockProof proof) {
        this.reservations = reservations;
        this.stock = stock;
        this.sweeper = sweeper;
        this.channels = channels;
        this.drops = drops;
        this.gate = gate;
        this.history = history;
        this.proof = proof;
    }

    /** As {@link #create(DataSource, PlatformTransactionManager, RedisAddress, byte[], Outbox, Clock, ReservationSettings)}. */
    public static ReservationModule create(
            DataSource database,
            PlatformTransactionManager transactions,
            @Nullable RedisAddress redis,
            byte[] secret,
            Outbox outbox,
            Clock clock) {
        return create(database, transactions, redis, secret, outbox, clock, ReservationSettings.defaults());
    }

    /**
     * Wires the parts; reaches for neither server yet.
     *
     * @param database a pool; its time-out for a connection should be shorter than the settings' grantTimeout
     * @param transactions manages {@code database}
     * @param redis null to serve straight from the ledger
     * @param secret 16 bytes or more, the same on every hub and at every start: ids and tokens of holds follow from it
     */
    public static ReservationModule create(
            DataSource database,
            PlatformTransactionManager transactions,
            @Nullable RedisAddress redis,
            byte[] secret,
            Outbox outbox,
            Clock clock,
            ReservationSettings settings) {
        Ledger ledger = new Ledger(database, outbox, clock, settings.serverTime(), settings.holdFor());
        TransactionTemplate joining = new TransactionTemplate(transactions);
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.setTimeout(TRANSACTION_SECONDS);
        // Bounds its statements itself: a timer of the driver for each of them costs a tenth of what a tap costs.
        TransactionTemplate batches = new TransactionTemplate(transactions);
        batches.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        Gate gate = redis == null ? new NoGate() : RedisGate.over(redis, ledger, settings);
        ShortfallDesk shortfalls = new ShortfallDesk(ledger, gate, joining);
        Leases leases = new JdbcLeases(ledger, own);
        ledger.tells(gate);
        return new ReservationModule(
                new LedgerReservations(ledger, gate, new Secrets(secret), joining, batches, settings, shortfalls),
                new JdbcStockLedger(ledger, gate, joining),
                new DueSweeper(ledger, gate, own),
                new ForChannels(
                        new JdbcAllocations(ledger, gate, joining, own),
                        new JdbcChannelLevels(ledger, gate, own),
                        new VelocityRebalancer(ledger, gate, own, leases),
                        shortfalls,
                        leases),
                new ForDrops(
                        new JdbcBundles(ledger, joining),
                        new JdbcFairness(ledger, gate, joining),
                        new JdbcWaitlist(ledger, gate, new Secrets(secret), joining)),
                gate,
                new JdbcStockHistory(ledger),
                new JdbcStockProof(ledger, own));
    }

    /** Holds. */
    public Reservations reservations() {
        return reservations;
    }

    /** Levels. */
    public StockLedger stock() {
        return stock;
    }

    /** What has moved, and why. */
    public StockHistory history() {
        return history;
    }

    /** The promise, added up again; to be called every few seconds. */
    public StockProof proof() {
        return proof;
    }

    /** SKUs that are sold as several others. */
    public Bundles bundles() {
        return drops.bundles();
    }

    /** Rules of a hot drop. */
    public Fairness fairness() {
        return drops.fairness();
    }

    /** Who is next. */
    public Waitlist waitlist() {
        return drops.waitlist();
    }

    /** To be called once a second, and watched over by a {@link LapseWatch}. */
    public Sweeper sweeper() {
        return sweeper;
    }

    /** Units that are a channel's own; {@link Allocations#settle()} is to be called once a second. */
    public Allocations allocations() {
        return channels.allocations();
    }

    /** What channels are told. */
    public ChannelLevels channelLevels() {
        return channels.levels();
    }

    /** To be called every few seconds. */
    public Rebalancer rebalancer() {
        return channels.rebalancer();
    }

    /** Sales beyond what was there. */
    public Shortfalls shortfalls() {
        return channels.shortfalls();
    }

    /** For jobs that one hub at a time may do. */
    public Leases leases() {
        return channels.leases();
    }

    /**
     * Takes Redis as another hub has built it, or rebuilds it from the ledger. Until it has succeeded once, and after each loss
     * of Redis until it succeeds again (the sweeper tries), holds are served straight from the ledger, slower.
     *
     * @return false when Redis or the ledger was not there
     */
    public boolean resync() {
        return gate.resync();
    }

    /**
     * Rebuilds one brand's counters in Redis from the ledger under a new epoch, whatever state they are in.
     *
     * @return false when Redis or the ledger was not there, or another hub was faster
     */
    public boolean rebuild(String brand) {
        return gate.rebuild(brand);
    }

    /** Whether Redis answers those who come too late. */
    public GateState gateState() {
        return gate.state();
    }

    /** Lets Redis go; holds are still answered, from the ledger. */
    @Override
    public void close() {
        gate.close();
    }
}
