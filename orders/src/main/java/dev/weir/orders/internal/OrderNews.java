package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Outbox;
import dev.weir.live.Coalescer;
import dev.weir.live.ShowEvents;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Who hears what became of an order? The outbox within the transaction, the cockpit after its commit. */
final class OrderNews {
    private final Outbox outbox;
    private final ShowEvents events;
    private final JdbcGmvReport gmv;
    private final Clock clock;
    private final Coalescer cockpit = new Coalescer("gmv", Duration.ofMillis(100), this::tellGmv);

    OrderNews(Outbox outbox, ShowEvents events, JdbcGmvReport gmv, Clock clock) {
        this.outbox = outbox;
        this.events = events;
        this.gmv = gmv;
        this.clock = clock;
    }

    void placed(OrderView order) {
        append(order, "OrderPlaced", Map.of());
    }

    void paid(OrderView order) {
        paid(order, Map.of());
    }

    /** As above, of an order that a channel sold, with what it said of it. */
    void paid(StoredOrder order) {
        paid(order.view(), sentBy(order));
    }

    private void paid(OrderView order, Map<String, String> more) {
        append(order, "OrderPaid", more);
        UUID showId = order.attribution().showId();
        if (showId != null) {
            order.lines().forEach(line -> events.publish(showId, sale(order, line)));
        }
        gmvMoved(order);
    }

    void isShort(OrderView order) {
        append(order, "OrderShort", Map.of());
    }

    void supplied(StoredOrder order) {
        append(order.view(), "OrderSupplied", sentBy(order));
    }

    /** The brand's backend will not send the goods of an order that was handed over to it. */
    void calledOffElsewhere(OrderView order, UUID connectionId) {
        append(order, OrderBook.CALLED_OFF_ELSEWHERE, Map.of("by", connectionId.toString()));
    }

    /** As above, of a part of it; {@code part} in words. */
    void calledOffInPart(OrderView order, UUID connectionId, String part) {
        append(order, OrderBook.CALLED_OFF_IN_PART, Map.of("by", connectionId.toString(), "part", part));
    }

    private static Map<String, String> sentBy(StoredOrder order) {
        String sender = order.evidence().get(Order.SENT_BY);
        return sender == null ? Map.of() : Map.of("sentBy", sender);
    }

    /** {@code by}: the shop whose word it was; null when it was nobody's who is to be spared hearing of it. */
    void cancelled(StoredOrder order, String reason, @Nullable UUID by) {
        Map<String, Object> more = new HashMap<>();
        more.put("reason", reason);
        put(more, "by", by);
        String backendOrder = order.view().backendOrderId();
        if (backendOrder != null && order.backendConnectionId() != null) {
            more.put("backendConnectionId", order.backendConnectionId().toString());
            more.put("backendOrderId", backendOrder);
        }
        append(order.view(), "OrderCancelled", more);
        gmvMoved(order.view());
    }

    void refunded(OrderView order, Money amount) {
        append(order, "OrderRefunded", Map.of("amount", Sql.money(amount)));
        gmvMoved(order);
    }

    private void append(OrderView order, String type, Map<String, ?> more) {
        Map<String, Object> payload = new HashMap<>(more);
        payload.put("orderId", order.id().toString());
        payload.put("brand", order.brand());
        payload.put("channel", order.channel());
        payload.put("state", order.state().name());
        payload.put("total", Sql.money(order.total()));
        payload.put("lines", lines(order));
        payload.put("at", Sql.now(clock));
        payload.put("placedAt", order.placedAt().toString());
        put(payload, "connectionId", order.connectionId());
        put(payload, "externalId", order.externalId());
        put(payload, "backendOrderId", order.backendOrderId());
        put(payload, "showId", order.attribution().showId());
        put(payload, "host", order.attribution().host());
        put(payload, "pinSku", order.attribution().pinSku());
        outbox.append(order.brand(), Outbox.ORDERS, order.id().toString(), type, payload);
    }

    private static List<Map<String, Object>> lines(OrderView order) {
        return order.lines().stream()
                .<Map<String, Object>>map(line -> Map.of(
                        "sku", line.sku().value(),
                        "quantity", line.quantity(),
                        "unitPrice", Sql.money(line.unitPrice())))
                .toList();
    }

    private static void put(Map<String, Object> payload, String name, @Nullable Object value) {
        if (value != null) {
            payload.put(name, value.toString());
        }
    }

    private ShowEvents.Event sale(OrderView order, OrderLine line) {
        Instant at = Sql.now(clock);
        return new ShowEvents.Event(
                "sale",
                Map.of(
                        "orderId", order.id().toString(),
                        "sku", line.sku().value(),
                        "quantity", line.quantity(),
                        "amount", Sql.money(line.amount()),
                        "channel", order.channel(),
                        "at", at.toString()),
                true);
    }

    /** Figures are read after the commit and on a thread of their own: the one that commits still holds a connection. */
    private void gmvMoved(OrderView order) {
        UUID showId = order.attribution().showId();
        if (showId == null) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                cockpit.hint(showId);
            }
        });
    }

    private void tellGmv(UUID showId) {
        gmv.currenciesOf(showId).forEach(currency -> {
            var totals = gmv.ofShow(showId, currency);
            events.publish(
                    showId,
                    new ShowEvents.Event(
                            "gmv",
                            Map.of(
                                    "gmv", Sql.money(totals.gross()),
                                    "units", totals.units(),
                                    "orders", totals.orders()),
                            true));
        });
    }
}
