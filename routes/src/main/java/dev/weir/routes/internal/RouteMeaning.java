package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Refund;
import dev.weir.orders.OrderView;
import dev.weir.routes.Inbox;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does a message mean to the step that is handed it? Messages mostly name a row; a rehearsal shows what the step would find there,
 * field by field: lines, units and money, never a buyer. Reads only.
 */
final class RouteMeaning {
    private static final Logger LOG = LoggerFactory.getLogger(RouteMeaning.class);
    private static final int MOST_FIELDS = 500;

    private final Wiring wiring;
    private final InboxStore inbox;

    RouteMeaning(Wiring wiring, InboxStore inbox) {
        this.wiring = wiring;
        this.inbox = inbox;
    }

    /** Field to value, at most about 500. */
    Map<String, String> of(String step, Object body) {
        Map<String, String> fields = new TreeMap<>();
        if (body instanceof CatalogueRun run) {
            fields.put("connection", run.connection().id().toString());
        } else if (body instanceof String text && !text.isEmpty()) {
            message(step, text, fields);
        }
        return fields;
    }

    private void message(String step, String text, Map<String, String> fields) {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (IllegalArgumentException e) {
            fields.put("body", text);
            return;
        }
        flatten("", message, fields);
        try {
            JsonNode payload = message.path("payload");
            switch (step) {
                case "inboxSteps.take" ->
                    delivery(UUID.fromString(payload.path("inboxId").asText()), fields);
                case "orderSteps.note" -> order(payload.path("orderId").asText(), fields);
                default -> LOG.trace("{} is handed all that it reads", step);
            }
        } catch (RuntimeException e) {
            fields.put("unreadable", FaultPolicy.reason(e));
        }
    }

    private void order(String id, Map<String, String> fields) {
        if (!id.isEmpty()) {
            wiring.orders().find(UUID.fromString(id)).ifPresent(order -> view(order, fields));
        }
    }

    private static void view(OrderView order, Map<String, String> fields) {
        lines("order.lines", order.lines(), fields);
        money("order.total", order.total(), fields);
    }

    private void delivery(UUID id, Map<String, String> fields) {
        inbox.find(id).ifPresent(delivery -> {
            if (delivery.connectionId().equals(Inbox.STRIPE)) {
                payment(delivery, fields);
                return;
            }
            Connection connection = wiring.connection(delivery.connectionId());
            List<ChannelEvent> events =
                    wiring.channel(connection).orderWebhook(connection).read(delivery.raw());
            for (int i = 0; i < events.size(); i++) {
                event("delivery[" + i + "]", events.get(i), fields);
            }
        });
    }

    private static void payment(Delivery delivery, Map<String, String> fields) {
        JsonNode event = Json.read(delivery.raw().text());
        fields.put("payment.type", event.path("type").asText());
        for (String name : List.of("id", "amount", "currency")) {
            fields.put(
                    "payment." + name,
                    event.path("data").path("object").path(name).asText());
        }
    }

    private static void event(String at, ChannelEvent event, Map<String, String> fields) {
        fields.put(at + ".type", event.getClass().getSimpleName());
        switch (event) {
            case ChannelEvent.OrderStated stated -> {
                Order order = stated.order();
                fields.put(at + ".externalId", order.externalId());
                lines(at + ".lines", order.lines(), fields);
                money(at + ".total", order.total(), fields);
            }
            case ChannelEvent.RefundStated stated -> {
                Refund refund = stated.refund();
                fields.put(at + ".orderExternalId", refund.orderExternalId());
                money(at + ".refund", refund.amount(), fields);
            }
            case ChannelEvent.StockSeen seen -> fields.put(at + ".stockRef", seen.stockRef());
            case ChannelEvent.OrderTouched touched -> fields.put(at + ".externalId", touched.externalId());
            case ChannelEvent.Ignored any -> fields.put(at + ".reason", any.reason());
            case ChannelEvent.ShipmentStated any -> fields.put(at + ".about", "a shipment");
            case ChannelEvent.CatalogueTouched any -> fields.put(at + ".about", "listings");
            case ChannelEvent.CommentMade any -> fields.put(at + ".about", "a comment");
            case ChannelEvent.AccessLapsing any -> fields.put(at + ".about", "access");
            case ChannelEvent.PrivacyAsked any -> fields.put(at + ".about", "a buyer's wish");
        }
    }

    private static void lines(String at, List<OrderLine> lines, Map<String, String> fields) {
        for (int i = 0; i < lines.size() && fields.size() < MOST_FIELDS; i++) {
            OrderLine line = lines.get(i);
            fields.put(at + "[" + i + "].sku", line.sku().value());
            fields.put(at + "[" + i + "].quantity", Integer.toString(line.quantity()));
            money(at + "[" + i + "].unitPrice", line.unitPrice(), fields);
        }
    }

    private static void money(String at, Money money, Map<String, String> fields) {
        fields.put(at, money.toString());
    }

    private static void flatten(String at, JsonNode node, Map<String, String> fields) {
        if (fields.size() >= MOST_FIELDS) {
            return;
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            at.isEmpty() ? field.getKey() : at + "." + field.getKey(), field.getValue(), fields));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(at + "[" + i + "]", node.get(i), fields);
            }
        } else {
            fields.put(at.isEmpty() ? "body" : at, node.asText());
        }
    }
}
