package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.Refund;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** What does an authentic body of each topic mean to the hub? Bodies keep the shape of the old REST API. */
final class ShopifyEvents {
    private final Connection connection;
    private final Mappings mappings;

    private final ShopifyNotices notices;

    ShopifyEvents(Connection connection, Mappings mappings, ShopifyPushed pushed) {
        this.connection = connection;
        notices = new ShopifyNotices(connection, mappings, pushed);
        this.mappings = mappings;
    }

    ChannelEvent of(String topic, JsonNode body, Instant receivedAt) {
        return switch (topic) {
            case "orders/create", "orders/paid", "orders/updated", "orders/cancelled" -> order(topic, body);
            case "orders/edited" ->
                new ChannelEvent.OrderTouched(text(body.path("order_edit"), topic, "order_id"), receivedAt);
            case "refunds/create" -> refund(body);
            case "inventory_levels/update" -> level(body, receivedAt);
            default -> notices.of(topic, body, receivedAt);
        };
    }

    private ChannelEvent order(String topic, JsonNode body) {
        String id = text(body, topic, "id");
        boolean isOurs = Ours.isOurs(body);
        if (isOurs && !body.hasNonNull("cancelled_at")) {
            return new ChannelEvent.Ignored("our own order "
                    + body.path("source_identifier").asText("?") + ", " + id + " at the shop: " + topic);
        }
        if (!body.path("line_items").isArray()) {
            throw new ChannelException(Fault.REJECTED, topic + " " + id + ": line_items is missing");
        }
        JsonNode mapped = mappings.apply("shopify", "order-webhook", body);
        if (mapped.path("lines").isMissingNode() && !isOurs) {
            return new ChannelEvent.Ignored("order " + id + " has no line with a SKU");
        }
        Order order = Canonical.order(mapped);
        return new ChannelEvent.OrderStated(isOurs ? Ours.marked(order, body) : order);
    }

    /** Money counts when it went back: a pending or failed transaction returned none yet. */
    private ChannelEvent refund(JsonNode body) {
        text(body, "refunds/create", "order_id");
        if (Ours.isRefund(body.path("note").asText(""))) {
            return new ChannelEvent.Ignored("our own refund, " + body.path("id").asText() + " at the shop");
        }
        if (body.path("transactions").isEmpty()
                && body.path("refund_line_items").isEmpty()) {
            return new ChannelEvent.Ignored(
                    "refund " + body.path("id").asText() + " gave back neither money nor units");
        }
        return new ChannelEvent.RefundStated(stated(body));
    }

    private Refund stated(JsonNode body) {
        JsonNode mapped = mappings.apply("shopify", "refund-webhook", body);
        String currency = text(mapped, "refunds/create", "currency");
        try {
            Money amount = Money.of("0", currency);
            for (JsonNode part : mapped.path("amounts")) {
                amount = amount.plus(Money.of(part.asText(), currency));
            }
            return new Refund(
                    text(mapped, "refunds/create", "externalId"),
                    text(mapped, "refunds/create", "orderExternalId"),
                    OffsetDateTime.parse(text(mapped, "refunds/create", "at")).toInstant(),
                    Canonical.lines(mapped.path("restocked")),
                    amount);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new ChannelException(Fault.REJECTED, "refunds/create: " + e.getMessage(), null, e);
        }
    }

    private ChannelEvent level(JsonNode body, Instant receivedAt) {
        String item = text(body, "inventory_levels/update", "inventory_item_id");
        String location = text(body, "inventory_levels/update", "location_id");
        if (!location.equals(Gid.number(connection.setting("locationId")))) {
            return new ChannelEvent.Ignored("location " + location + " is not the connection's");
        }
        if (!body.hasNonNull("available")) {
            return new ChannelEvent.Ignored("inventory item " + item + " is not tracked");
        }
        return new ChannelEvent.StockSeen(
                Gid.of("InventoryItem", item, Fault.REJECTED),
                Math.max(0, body.path("available").asInt()),
                at(body.path("updated_at").asText(""), receivedAt));
    }

    static Instant at(String text, Instant fallback) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return fallback;
        }
    }

    static String text(JsonNode body, String topic, String name) {
        if (!body.hasNonNull(name) || body.path(name).asText().isBlank()) {
            throw new ChannelException(Fault.REJECTED, topic + ": " + name + " is missing");
        }
        return body.path(name).asText();
    }
}
