package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an order has not left yet, and what has? Bounds: 10 fulfilment orders, of each 40 lines by name; a shipment of
 * everything names no lines and is not bound by that.
 */
final class OpenOrder {
    private static final Set<String> OPEN = Set.of("OPEN", "IN_PROGRESS");

    private static final Operation READ = new Operation("FulfilmentOrder", Lane.ORDER, 960, """
            query FulfilmentOrder($id: ID!) {
              order(id: $id) {
                id cancelledAt tags
                fulfillments(first: 50) { id status trackingInfo(first: 1) { number } }
                fulfillmentOrders(first: 10) {
                  nodes {
                    id status
                    lineItems(first: 40) { nodes { id remainingQuantity sku lineItem { id } } }
                  }
                }
              }
            }""");

    private final JsonNode order;

    private OpenOrder(JsonNode order) {
        this.order = order;
    }

    /** The order now; {@link Fault#NOT_FOUND} when the shop has none. */
    static OpenOrder read(ShopifyClient client, String externalId) {
        String id = Gid.of("Order", externalId, Fault.NOT_FOUND);
        JsonNode order =
                client.repeatable(READ, ShopifyClient.variables().put("id", id)).path("order");
        if (!order.isObject()) {
            throw new ChannelException(Fault.NOT_FOUND, id + ": the shop has no such order");
        }
        return new OpenOrder(order);
    }

    String id() {
        return order.path("id").asText();
    }

    /** The fulfilment that an earlier try made of {@code shipment}, or null. */
    @Nullable
    String found(Shipment shipment, String tag) {
        for (JsonNode each : order.path("tags")) {
            if (each.asText().startsWith(tag)) {
                return each.asText().substring(tag.length());
            }
        }
        for (JsonNode fulfilment : order.path("fulfillments")) {
            String number =
                    fulfilment.path("trackingInfo").path(0).path("number").asText("");
            if (shipment.tracking() != null
                    && number.equals(shipment.tracking())
                    && !fulfilment.path("status").asText().equals("CANCELLED")) {
                return Gid.number(fulfilment.path("id").asText());
            }
        }
        return null;
    }

    /** Whether nothing is open, but something has left. */
    boolean isAllGone() {
        return open().isEmpty()
                && !isHeld()
                && !order.hasNonNull("cancelledAt")
                && !order.path("fulfillments").isEmpty();
    }

    String lastFulfilment() {
        JsonNode all = order.path("fulfillments");
        return Gid.number(all.path(all.size() - 1).path("id").asText());
    }

    /** The one fulfilment that {@code before} did not have; null when there is none. */
    @Nullable
    String newSince(OpenOrder before) {
        List<String> known = new ArrayList<>();
        before.order
                .path("fulfillments")
                .forEach(each -> known.add(each.path("id").asText()));
        for (JsonNode fulfilment : order.path("fulfillments")) {
            String id = fulfilment.path("id").asText();
            if (!known.contains(id)) {
                return Gid.number(id);
            }
        }
        return null;
    }

    /** What to fulfil for {@code lines}, or of everything open when there are none. */
    ArrayNode take(List<OrderLine> lines) {
        List<JsonNode> open = open();
        if (open.isEmpty()) {
            throw new ChannelException(Fault.REJECTED, id() + ": nothing can leave (" + why() + ")");
        }
        Map<String, ArrayNode> taken = new LinkedHashMap<>();
        if (lines.isEmpty()) {
            open.forEach(each -> taken.put(each.path("id").asText(), ShopifyClient.JSON.createArrayNode()));
        } else {
            Map<String, Integer> left = new LinkedHashMap<>();
            lines.forEach(line -> take(line, open, left, taken));
        }
        ArrayNode parts = ShopifyClient.JSON.createArrayNode();
        taken.forEach((id, items) -> {
            ObjectNode part = parts.addObject().put("fulfillmentOrderId", id);
            if (!items.isEmpty()) {
                part.set("fulfillmentOrderLineItems", items);
            }
        });
        return parts;
    }

    private void take(OrderLine line, List<JsonNode> open, Map<String, Integer> left, Map<String, ArrayNode> taken) {
        int wanted = line.quantity();
        for (JsonNode part : open) {
            for (JsonNode item : part.path("lineItems").path("nodes")) {
                String id = item.path("id").asText();
                int remaining =
                        left.getOrDefault(id, item.path("remainingQuantity").asInt());
                int units = isOf(item, line) ? Math.min(remaining, wanted) : 0;
                if (units > 0) {
                    taken.computeIfAbsent(part.path("id").asText(), any -> ShopifyClient.JSON.createArrayNode())
                            .addObject()
                            .put("id", id)
                            .put("quantity", units);
                    left.put(id, remaining - units);
                    wanted -= units;
                }
            }
        }
        if (wanted > 0) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "sku: " + line.sku() + " (expected: " + wanted + " more units of it to be open in " + id() + ")");
        }
    }

    /** By the shop's own line where both know it, else by SKU. */
    private static boolean isOf(JsonNode item, OrderLine line) {
        String id = Gid.number(item.path("lineItem").path("id").asText());
        return line.externalIds().isEmpty()
                ? item.path("sku").asText().equals(line.sku().value())
                : line.externalIds().contains(id);
    }

    private List<JsonNode> open() {
        List<JsonNode> open = new ArrayList<>();
        for (JsonNode part : order.path("fulfillmentOrders").path("nodes")) {
            if (OPEN.contains(part.path("status").asText())) {
                open.add(part);
            }
        }
        return open;
    }

    private boolean isHeld() {
        for (JsonNode part : order.path("fulfillmentOrders").path("nodes")) {
            if (part.path("status").asText().equals("ON_HOLD")) {
                return true;
            }
        }
        return false;
    }

    private String why() {
        if (order.hasNonNull("cancelledAt")) {
            return "the order was called off";
        }
        return isHeld() ? "the order is on hold" : "everything has left";
    }
}
