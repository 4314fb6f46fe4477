package dev.weir.orders.internal;

import dev.weir.connectors.Order;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Refund;
import dev.weir.live.RunSheet;
import dev.weir.live.ShowEvents;
import dev.weir.live.Shows;
import dev.weir.orders.AttributionRules;
import dev.weir.orders.GmvReport;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The order book over PostgreSQL: opens or joins the transaction, and leaves the deciding to its parts. */
public final class JdbcOrderBook implements OrderBook {
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final OrderStore store;
    private final OrderPages pages;
    private final Journal journal;
    private final ChannelIntake intake;
    private final RefundIntake refunds;
    private final Placement placement;
    private final Cancellation cancellation;
    private final JdbcGmvReport gmv;
    private final AttributionRules rules;

    /** Wired by {@link dev.weir.orders.OrdersModule}. */
    public JdbcOrderBook(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Reservations reservations,
            Shows shows,
            RunSheet runSheet,
            ShowEvents events,
            Outbox outbox,
            Clock clock) {
        this.transaction = transaction;
        this.clock = clock;
        this.store = new OrderStore(jdbc);
        this.pages = new OrderPages(store);
        this.gmv = new JdbcGmvReport(jdbc, shows);
        OrderNews news = new OrderNews(outbox, events, gmv, clock);
        Units units = new Units(jdbc, reservations);
        this.journal = new Journal(jdbc, outbox, clock);
        Bookings bookings = new Bookings(journal);
        this.cancellation = new Cancellation(store, units, bookings, news);
        Attributions attributions = new Attributions(shows, runSheet, reservations);
        Decisions decisions = new Decisions(jdbc);
        RulesInForce inForce = new RulesInForce(jdbc, clock);
        this.rules = new JdbcAttributionRules(
                transaction, clock, store, attributions, decisions, inForce, new RunRows(jdbc));
        BackendWord backend = new BackendWord(jdbc, cancellation, news, clock);
        this.intake = new ChannelIntake(
                store, units, bookings, attributions, inForce, decisions, cancellation, backend, news, clock);
        this.refunds = new RefundIntake(jdbc, store, units, bookings, news);
        this.placement = new Placement(store, reservations, bookings, decisions, news, clock);
    }

    /** The figures of the same journal. */
    public GmvReport gmv() {
        return gmv;
    }

    /** Who earned the orders, and by which rules. */
    public AttributionRules rules() {
        return rules;
    }

    @Override
    public Intake take(String brand, UUID connectionId, Order order) {
        return inTransaction(() -> intake.take(brand, connectionId, order));
    }

    @Override
    public Intake refund(String brand, UUID connectionId, Refund refund) {
        return inTransaction(() -> refunds.refund(connectionId, refund));
    }

    @Override
    public Placed place(PaidHold paid) {
        return inTransaction(() -> placement.place(paid));
    }

    @Override
    public Intake cancel(UUID orderId, String reason) {
        return inTransaction(() -> store.lock(orderId)
                .map(order -> cancellation.cancel(order, reason, Sql.now(clock), null))
                .orElseGet(() -> new Intake.NotYet("order " + orderId + " is not known")));
    }

    @Override
    public Intake supply(String cause) {
        Optional<UUID> id = Units.orderOf(cause);
        return inTransaction(() -> id.flatMap(store::lock)
                .map(order -> intake.supply(order, cause))
                .orElseGet(() -> new Intake.NotYet("cause: " + cause + " (expected: that of a known order's sale)")));
    }

    @Override
    public void pushed(UUID orderId, UUID connectionId, String externalId) {
        transaction.executeWithoutResult(status -> {
            if (!store.setBackend(orderId, connectionId, externalId)) {
                throw new IllegalArgumentException("order: " + orderId + " (expected: the id of a known order)");
            }
        });
    }

    @Override
    public Optional<OrderView> find(UUID id) {
        return store.find(id).map(StoredOrder::view);
    }

    @Override
    public Optional<OrderView> at(UUID connectionId, String externalId) {
        return store.find(connectionId, externalId).map(StoredOrder::view);
    }

    @Override
    public Map<String, Owed> owed(UUID connectionId, Collection<String> externalIds) {
        return journal.owed(connectionId, externalIds);
    }

    @Override
    public Page list(
            String brand,
            @Nullable UUID showId,
            @Nullable String channel,
            @Nullable String state,
            @Nullable String cursor,
            int limit) {
        return pages.list(brand, showId, channel, state, cursor, limit);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
