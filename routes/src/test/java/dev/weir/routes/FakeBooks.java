package dev.weir.routes;

import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.Shortfalls;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An order book whose effects are rows, so that a rollback takes them back. */
final class FakeBooks implements OrderBook {
    private final JdbcClient jdbc;
    private final Outbox outbox;
    final Map<UUID, OrderView> views = new ConcurrentHashMap<>();
    final Map<UUID, String> handedOver = new ConcurrentHashMap<>();
    final List<UUID> cancelled = new CopyOnWriteArrayList<>();
    final AtomicInteger failingTakes = new AtomicInteger();
    /** How often each order was to be taken. */
    final Map<String, Integer> takes = new ConcurrentHashMap<>();
    /** What is booked of orders, by the ids of the shop that sold them. */
    final Map<String, Owed> owed = new ConcurrentHashMap<>();
    /** Orders of these ids are not known (yet). */
    final Set<String> unknown = ConcurrentHashMap.newKeySet();
    /** What an order that is new does to the stock. */
    volatile Consumer<Order> whenTaken = order -> {};

    FakeBooks(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        jdbc.sql("create table if not exists effect (connection_id uuid, what text, seq serial)")
                .update();
        jdbc.sql("create index if not exists effect_what on effect (connection_id, what)")
                .update();
    }

    private boolean isEffect(UUID connection, String what) {
        return jdbc.sql("select exists (select from effect where connection_id = :id and what = :what)")
                .param("id", connection)
                .param("what", what)
                .query(Boolean.class)
                .single();
    }

    List<String> effects(UUID connection) {
        return jdbc.sql("select what from effect where connection_id = :id order by seq")
                .param("id", connection)
                .query(String.class)
                .list();
    }

    private void effect(UUID connection, String what) {
        jdbc.sql("insert into effect (connection_id, what) values (:id, :what)")
                .param("id", connection)
                .param("what", what)
                .update();
    }

    @Override
    public Intake take(String brand, UUID connection, Order order) {
        UUID id = UUID.nameUUIDFromBytes((connection + order.externalId()).getBytes(StandardCharsets.UTF_8));
        String what = "order " + order.externalId();
        if (unknown.contains(order.externalId())) {
            return new Intake.NotYet(what + " is not known yet");
        }
        takes.merge(connection + "/" + what, 1, Integer::sum);
        if (isEffect(connection, what)) {
            return new Intake.Unchanged(id);
        }
        effect(connection, what);
        if (failingTakes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the database went away in the middle");
        }
        whenTaken.accept(order);
        return new Intake.Done(id, "booked");
    }

    @Override
    public Intake refund(String brand, UUID connection, Refund refund) {
        boolean isOwn = views.values().stream()
                .anyMatch(view -> refund.orderExternalId().equals(view.backendOrderId()));
        if (isOwn) {
            String what = "refund " + refund.externalId() + " of " + refund.amount();
            if (!isEffect(connection, what)) {
                effect(connection, what);
            }
            return new Intake.Unchanged(UUID.randomUUID());
        }
        if (!isEffect(connection, "order " + refund.orderExternalId())) {
            return new Intake.NotYet("order " + refund.orderExternalId() + " is not known yet");
        }
        effect(connection, "refund " + refund.orderExternalId());
        return new Intake.Done(UUID.randomUUID(), "refunded");
    }

    @Override
    public Placed place(PaidHold paid) {
        return new Placed.Lost("not asked here");
    }

    @Override
    public Intake cancel(UUID orderId, String reason) {
        cancelled.add(orderId);
        return new Intake.Done(orderId, "cancelled");
    }

    @Override
    public Intake supply(String cause) {
        return new Intake.NotYet(cause);
    }

    @Override
    public void pushed(UUID orderId, UUID connectionId, String externalId) {
        handedOver.put(orderId, externalId);
        views.computeIfPresent(
                orderId,
                (id, view) ->
                        of(view, view.channel(), view.connectionId(), view.externalId(), view.state(), externalId));
    }

    /** Says so as a book does whose order has both its shops. */
    void callOff(OrderView order, UUID backend) {
        cancelled(order);
        tell(order, "OrderCancelled", backend == null ? Map.of() : Map.of("backendConnectionId", backend.toString()));
    }

    /** Says so as a book does that took the backend's word. */
    void calledOffBy(OrderView order, UUID backend) {
        cancelled(order);
        Map<String, String> by = Map.of("by", backend.toString(), "backendConnectionId", backend.toString());
        tell(order, "OrderCancelled", by);
        tell(order, CALLED_OFF_ELSEWHERE, by);
    }

    private void cancelled(OrderView order) {
        views.computeIfPresent(
                order.id(),
                (id, view) -> of(
                        view,
                        view.channel(),
                        view.connectionId(),
                        view.externalId(),
                        OrderView.State.CANCELLED,
                        view.backendOrderId()));
    }

    /** Tells of a channel's order, with its connection and state. */
    void tell(OrderView order, String type, Map<String, String> more) {
        Map<String, String> payload = new HashMap<>(more);
        payload.put("orderId", order.id().toString());
        if (order.connectionId() != null) {
            payload.put("connectionId", order.connectionId().toString());
        }
        payload.put("state", views.get(order.id()).state().name());
        outbox.append(order.brand(), Outbox.ORDERS, order.id().toString(), type, payload);
    }

    @Override
    public Optional<OrderView> find(UUID id) {
        return Optional.ofNullable(views.get(id));
    }

    @Override
    public Optional<OrderView> at(UUID connectionId, String externalId) {
        return views.values().stream()
                .filter(view -> externalId.equals(view.backendOrderId())
                        || (connectionId.equals(view.connectionId()) && externalId.equals(view.externalId())))
                .findFirst();
    }

    @Override
    public Map<String, Owed> owed(UUID connectionId, Collection<String> externalIds) {
        Map<String, Owed> found = new HashMap<>(owed);
        found.keySet().retainAll(externalIds);
        return found;
    }

    @Override
    public Page list(String brand, UUID showId, String channel, String state, String cursor, int limit) {
        return new Page(List.copyOf(views.values()), null);
    }

    /** A paid order of that channel without units, which it is asked to call off. */
    OrderView toBeCancelled(String brand, UUID connection, String externalId) {
        OrderView view = of(view(brand, new Sku("TEE")), "shop", connection, externalId, OrderView.State.SHORT, null);
        views.put(view.id(), view);
        askToCancel(view);
        return view;
    }

    /** A paid order of that channel. */
    OrderView sold(String brand, UUID connection, String externalId) {
        OrderView own = view(brand, new Sku("TEE"));
        OrderView sold = of(own, "shop", connection, externalId, OrderView.State.PAID, null);
        views.put(sold.id(), sold);
        return sold;
    }

    private static OrderView of(
            OrderView own,
            String channel,
            UUID connection,
            String externalId,
            OrderView.State state,
            String backendOrderId) {
        return new OrderView(
                own.id(),
                own.brand(),
                channel,
                connection,
                externalId,
                state,
                own.placedAt(),
                own.lines(),
                own.total(),
                own.email(),
                own.address(),
                own.attribution(),
                connection == null ? own.paymentReference() : null,
                backendOrderId);
    }

    void askToCancel(OrderView view) {
        String cause = "order/" + view.id();
        outbox.append(
                view.brand(),
                Outbox.ORDERS,
                cause,
                Shortfalls.CANCEL_ASKED,
                Map.of("cause", cause, "channel", view.channel(), "reason", "sold out"));
    }

    /** A paid order of the player, told to the outbox. */
    OrderView paid(String brand, Sku sku) {
        OrderView view = view(brand, sku);
        views.put(view.id(), view);
        String id = view.id().toString();
        outbox.append(brand, Outbox.ORDERS, id, "OrderCaptured", Map.of("orderId", id));
        return view;
    }

    private static OrderView view(String brand, Sku sku) {
        Money price = Money.of("10.00", "EUR");
        Attribution attribution = new Attribution(
                Attribution.PLAYER, UUID.randomUUID(), "Host", "TEE", 5L, false, Map.of(), FakeShop.AT, "hold/1");
        return new OrderView(
                UUID.randomUUID(),
                brand,
                Attribution.PLAYER,
                null,
                null,
                OrderView.State.PAID,
                FakeShop.AT,
                List.of(new OrderLine(sku, 1, price, List.of())),
                price,
                "mina@example.com",
                Map.of("name", "Mina"),
                attribution,
                "pi_1",
                null);
    }
}
