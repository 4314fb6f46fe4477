package dev.weir.orders.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.Shipments;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Shipments under the lock of their order, so that two who tell of one parcel at once make one. */
public final class JdbcShipments implements Shipments {
    private final TransactionTemplate transaction;
    private final OrderStore store;
    private final ShipmentRows rows;
    private final Outbox outbox;
    private final Clock clock;

    /** Wired by {@link dev.weir.orders.OrdersModule}. */
    public JdbcShipments(JdbcClient jdbc, TransactionTemplate transaction, Outbox outbox, Clock clock) {
        this.transaction = transaction;
        this.store = new OrderStore(jdbc);
        this.rows = new ShipmentRows(jdbc);
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public Intake state(UUID connectionId, String orderExternalId, Shipment shipment) {
        return inTransaction(() -> store.lock(connectionId, orderExternalId)
                .map(order -> note(order, connectionId.toString(), shipment))
                .orElseGet(() -> new Intake.NotYet("order " + orderExternalId + " of connection " + connectionId
                        + " is not known yet (shipment " + shipment.externalId() + ")")));
    }

    @Override
    public Intake enter(UUID orderId, Shipment shipment) {
        return inTransaction(() -> store.lock(orderId)
                .map(order -> note(order, OPERATOR, shipment))
                .orElseGet(() -> new Intake.NotYet("order " + orderId + " is not known")));
    }

    private Intake note(StoredOrder order, String source, Shipment shipment) {
        Optional<Sent> known = rows.of(order.id()).stream()
                .filter(sent -> isSame(sent, source, shipment))
                .findFirst();
        UUID id = known.map(Sent::id).orElseGet(UUID::randomUUID);
        boolean news = known.isEmpty()
                ? rows.insert(new Sent(id, order.id(), source, shipment), Sql.now(clock))
                : rows.fill(id, shipment);
        if (!news) {
            return new Intake.Unchanged(order.id());
        }
        outbox.append(
                order.view().brand(),
                Outbox.ORDERS,
                order.id().toString(),
                SHIPPED,
                told(order.id(), id, known.map(Sent::source).orElse(source), shipment));
        return new Intake.Done(order.id(), known.isEmpty() ? "shipped" : "tracking known");
    }

    private static Map<String, Object> told(UUID order, UUID id, String source, Shipment shipment) {
        Map<String, Object> told = new HashMap<>(Map.of(
                "orderId", order.toString(),
                "shipmentId", id.toString(),
                "source", source,
                "shippedAt", shipment.at(),
                "hasTracking", shipment.tracking() != null));
        if (shipment.carrier() != null) {
            told.put("carrier", shipment.carrier());
        }
        return told;
    }

    /** A number is a carrier's own: two who name it speak of one parcel, and one of them heard it from us. */
    private static boolean isSame(Sent sent, String source, Shipment shipment) {
        Shipment known = sent.shipment();
        boolean sameId = sent.source().equals(source) && known.externalId().equals(shipment.externalId());
        boolean sameNumber = shipment.tracking() != null
                && shipment.tracking().equals(known.tracking())
                && !sent.source().equals(source);
        return sameId || sameNumber;
    }

    @Override
    public List<Sent> of(UUID orderId) {
        return rows.of(orderId);
    }

    @Override
    public Optional<Sent> find(UUID id) {
        return rows.find(id);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}
