package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What do deliveries say that are not about an order's money or a level: goods that left, products, privacy, goodbyes? */
final class ShopifyNotices {
    private static final Set<String> NOT_SHIPPED = Set.of("cancelled", "error", "failure");

    private final Connection connection;
    private final Mappings mappings;
    private final ShopifyPushed pushed;

    ShopifyNotices(Connection connection, Mappings mappings, ShopifyPushed pushed) {
        this.connection = connection;
        this.mappings = mappings;
        this.pushed = pushed;
    }

    ChannelEvent of(String topic, JsonNode body, Instant receivedAt) {
        return switch (topic) {
            case "fulfillments/create", "fulfillments/update" -> shipment(topic, body);
            case "returns/approve", "returns/close", "returns/cancel" -> returned(topic, body, receivedAt);
            case "products/create", "products/update", "products/delete" ->
                new ChannelEvent.CatalogueTouched(
                        Gid.of("Product", ShopifyEvents.text(body, topic, "id"), Fault.REJECTED),
                        ShopifyEvents.at(body.path("updated_at").asText(""), receivedAt));
            case "customers/data_request" -> privacy(ChannelEvent.PrivacyAsked.Kind.DISCLOSE, body, "orders_requested");
            case "customers/redact" -> privacy(ChannelEvent.PrivacyAsked.Kind.ERASE, body, "orders_to_redact");
            case "shop/redact" ->
                new ChannelEvent.PrivacyAsked(ChannelEvent.PrivacyAsked.Kind.ERASE_SHOP, null, List.of());
            case "app/uninstalled" ->
                new ChannelEvent.AccessLapsing(receivedAt, "the app was uninstalled: the token is dead");
            case "locations/deactivate" -> location(body, receivedAt);
            default -> new ChannelEvent.Ignored("topic " + topic + " is of no consequence");
        };
    }

    private ChannelEvent shipment(String topic, JsonNode body) {
        String id = ShopifyEvents.text(body, topic, "id");
        String order = ShopifyEvents.text(body, topic, "order_id");
        String status = body.path("status").asText("");
        if (NOT_SHIPPED.contains(status)) {
            return new ChannelEvent.Ignored("fulfilment " + id + " is " + status);
        }
        if (pushed.knows(connection.id(), Ours.fulfilmentKey(id))) {
            return new ChannelEvent.Ignored("our own shipment, " + id + " at the shop");
        }
        JsonNode mapped = mappings.apply("shopify", "shipment-webhook", body);
        if (mapped.path("lines").isMissingNode()) {
            return new ChannelEvent.Ignored("fulfilment " + id + " has no line with a SKU");
        }
        try {
            Shipment shipment = new Shipment(
                    id,
                    OffsetDateTime.parse(ShopifyEvents.text(mapped, topic, "at"))
                            .toInstant(),
                    Canonical.lines(mapped.path("lines")),
                    textOrNull(mapped, "carrier"),
                    textOrNull(mapped, "tracking"),
                    link(mapped));
            return new ChannelEvent.ShipmentStated(order, shipment);
        } catch (DateTimeParseException e) {
            throw new ChannelException(Fault.REJECTED, topic + " " + id + ": " + e.getMessage(), null, e);
        }
    }

    /** What came back is told by the refund that ends a return; until then the order is read again. */
    private static ChannelEvent returned(String topic, JsonNode body, Instant receivedAt) {
        String order =
                body.path("order").path("id").asText(body.path("order_id").asText(""));
        return order.isEmpty()
                ? new ChannelEvent.Ignored(topic + " names no order")
                : new ChannelEvent.OrderTouched(order, receivedAt);
    }

    private static ChannelEvent privacy(ChannelEvent.PrivacyAsked.Kind kind, JsonNode body, String orders) {
        List<String> ids = new ArrayList<>();
        body.path(orders).forEach(id -> ids.add(id.asText()));
        String email = textOrNull(body.path("customer"), "email");
        if (email == null && ids.isEmpty()) {
            return new ChannelEvent.Ignored("nobody is named: neither an e-mail address nor orders");
        }
        return new ChannelEvent.PrivacyAsked(kind, email, ids);
    }

    private ChannelEvent location(JsonNode body, Instant receivedAt) {
        String location = ShopifyEvents.text(body, "locations/deactivate", "id");
        return location.equals(Gid.number(connection.setting("locationId")))
                ? new ChannelEvent.AccessLapsing(
                        receivedAt, "location " + location + " was deactivated: its stock can be neither read nor set")
                : new ChannelEvent.Ignored("location " + location + " is not the connection's");
    }

    /** A merchant types it: one that is no address is left out. */
    private static @Nullable URI link(JsonNode mapped) {
        String text = textOrNull(mapped, "link");
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String textOrNull(JsonNode holder, String name) {
        String text = holder.path(name).asText("");
        return text.isBlank() ? null : text;
    }
}
