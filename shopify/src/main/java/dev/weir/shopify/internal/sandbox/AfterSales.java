package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** How are goods sent, refunds noted and tags put at an order through the Admin API? Their errors have no code. */
final class AfterSales {
    private final ShopOrders orders;
    private final Idempotency keys;
    private final BiConsumer<String, ObjectNode> push;

    /** {@code push} is told topic and body of what the shop would say. */
    AfterSales(ShopOrders orders, Idempotency keys, BiConsumer<String, ObjectNode> push) {
        this.orders = orders;
        this.keys = keys;
        this.push = push;
    }

    JsonNode fulfil(GraphQl.Selection call) {
        JsonNode input = call.argument("fulfillment");
        ObjectNode payload = SandboxStore.document();
        payload.putNull("fulfillment");
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode parts = input.path("lineItemsByFulfillmentOrder");
        if (parts.size() != 1) {
            error(errors, "The fulfillment orders must be of one order and location.", "fulfillment");
            return payload;
        }
        String id = parts.path(0).path("fulfillmentOrderId").asText();
        InventoryMutations.gid("FulfillmentOrder", id);
        ObjectNode order = orders.get(InventoryMutations.number(id));
        if (order == null) {
            error(errors, "Fulfillment order does not exist.", "fulfillment");
        } else if (!OrderView.fulfilmentStatus(order).equals("OPEN")
                && !OrderView.fulfilmentStatus(order).equals("IN_PROGRESS")) {
            String status = OrderView.fulfilmentStatus(order).toLowerCase(java.util.Locale.ROOT);
            error(errors, "Fulfillment order " + id + " has an unfulfillable status= " + status + ".", "fulfillment");
        } else {
            Map<String, Integer> units = units(order, parts.path(0).path("fulfillmentOrderLineItems"));
            if (units.isEmpty()) {
                error(errors, "Invalid fulfillment order line item quantity requested.", "fulfillment");
            } else {
                ObjectNode made = orders.fulfil(order, units, input.path("trackingInfo"));
                payload.putObject("fulfillment")
                        .put(
                                "id",
                                "gid://shopify/Fulfillment/" + made.path("id").asText());
                push.accept("fulfillments/create", made);
            }
        }
        return payload;
    }

    /** Units by line; empty when more are asked for than are left. */
    private static Map<String, Integer> units(ObjectNode order, JsonNode asked) {
        Map<String, Integer> left = new LinkedHashMap<>();
        for (JsonNode line : order.path("line_items")) {
            left.put(line.path("id").asText(), line.path("fulfillable_quantity").asInt());
        }
        if (!asked.isArray()) {
            left.values().removeIf(units -> units == 0);
            return left;
        }
        Map<String, Integer> units = new LinkedHashMap<>();
        for (JsonNode each : asked) {
            InventoryMutations.gid("FulfillmentOrderLineItem", each.path("id").asText());
            String line = InventoryMutations.number(each.path("id").asText());
            int wanted = each.path("quantity").asInt();
            if (wanted < 1 || wanted > left.getOrDefault(line, 0)) {
                return Map.of();
            }
            units.put(line, wanted);
        }
        return units;
    }

    JsonNode refund(GraphQl.Selection call) {
        return keys.once(
                call,
                this::note,
                input -> InventoryMutations.gid("Order", input.path("orderId").asText()));
    }

    private ObjectNode note(JsonNode input) {
        ObjectNode payload = SandboxStore.document();
        payload.putNull("refund");
        ArrayNode errors = payload.putArray("userErrors");
        ObjectNode order =
                orders.get(InventoryMutations.number(input.path("orderId").asText()));
        if (order == null) {
            error(errors, "Order does not exist", "orderId");
            return payload;
        }
        List<JsonNode> lines = new ArrayList<>();
        input.path("refundLineItems").forEach(lines::add);
        for (int index = 0; index < lines.size(); index++) {
            ObjectNode line =
                    orders.line(order, lines.get(index).path("lineItemId").asText());
            int wanted = lines.get(index).path("quantity").asInt();
            if (line == null || wanted > line.path("current_quantity").asInt()) {
                error(
                        errors,
                        "Quantity cannot refund more items than were purchased",
                        "refundLineItems",
                        Integer.toString(index),
                        "quantity");
            }
        }
        if (errors.isEmpty()) {
            ObjectNode made = orders.refund(order, input.path("note").asText(""), lines);
            payload.putObject("refund")
                    .put("id", "gid://shopify/Refund/" + made.path("id").asText());
            push.accept("refunds/create", made);
        }
        return payload;
    }

    JsonNode tag(GraphQl.Selection call) {
        String id = call.argument("id").asText();
        InventoryMutations.gid("Order", id);
        ObjectNode payload = SandboxStore.document();
        ArrayNode errors = payload.putArray("userErrors");
        ObjectNode order = orders.get(InventoryMutations.number(id));
        if (order == null) {
            error(errors, "Order does not exist", "id");
            return payload;
        }
        TreeSet<String> tags = new TreeSet<>(List.of(order.path("tags").asText().split(", ")));
        for (JsonNode tag : call.argument("tags")) {
            if (tag.asText().length() > 40) {
                error(errors, "Tag is too long", "tags");
            } else {
                tags.add(tag.asText());
            }
        }
        tags.remove("");
        orders.save(order.put("tags", String.join(", ", tags)));
        return payload;
    }

    private static void error(ArrayNode errors, String message, String... field) {
        ObjectNode error = errors.addObject().put("message", message);
        ArrayNode path = error.putArray("field");
        for (String part : field) {
            path.add(part);
        }
    }
}
