package dev.weir.routes;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Shipment;
import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import dev.weir.orders.Shipments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Shipments of the fake books' orders, told to the outbox; a backend knows an order that was handed over to it as {@code B-<id>}. */
final class FakeParcels implements Shipments {
    private final Outbox outbox;
    private final FakeBooks books;
    private final Map<UUID, Sent> sent = new ConcurrentHashMap<>();

    FakeParcels(Outbox outbox, FakeBooks books) {
        this.outbox = outbox;
        this.books = books;
    }

    @Override
    public Intake state(UUID connectionId, String orderExternalId, Shipment shipment) {
        return books.views.values().stream()
                .filter(order -> orderExternalId.equals("B-" + order.id())
                        || (connectionId.equals(order.connectionId()) && orderExternalId.equals(order.externalId())))
                .findFirst()
                .map(order -> note(order, connectionId.toString(), shipment))
                .orElseGet(() -> new Intake.NotYet("order " + orderExternalId + " is not known yet"));
    }

    @Override
    public Intake enter(UUID orderId, Shipment shipment) {
        return note(books.views.get(orderId), OPERATOR, shipment);
    }

    private Intake note(OrderView order, String source, Shipment shipment) {
        UUID id =
                UUID.nameUUIDFromBytes((order.id() + source + shipment.externalId()).getBytes(StandardCharsets.UTF_8));
        if (sent.putIfAbsent(id, new Sent(id, order.id(), source, shipment)) != null) {
            return new Intake.Unchanged(order.id());
        }
        outbox.append(
                order.brand(),
                Outbox.ORDERS,
                order.id().toString(),
                SHIPPED,
                Map.of("orderId", order.id().toString(), "shipmentId", id.toString(), "source", source));
        return new Intake.Done(order.id(), "shipped");
    }

    @Override
    public List<Sent> of(UUID orderId) {
        return sent.values().stream()
                .filter(one -> one.orderId().equals(orderId))
                .toList();
    }

    @Override
    public Optional<Sent> find(UUID id) {
        return Optional.ofNullable(sent.get(id));
    }
}
