package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How are orders created and called off through the Admin API? Creation knows no idempotency: twice makes two orders. */
final class OrderMutations {
    private static final Set<String> ORDER = Set.of(
            "currency",
            "email",
            "sourceName",
            "sourceIdentifier",
            "sourceUrl",
            "tags",
            "customAttributes",
            "note",
            "financialStatus",
            "lineItems",
            "shippingLines",
            "shippingAddress",
            "billingAddress",
            "transactions",
            "discountCode",
            "test");

    private final Shelf shelf;
    private final ShopOrders orders;

    private final BiConsumer<String, ObjectNode> push;

    /** {@code push} is told topic and body of what the shop would say. */
    OrderMutations(Shelf shelf, ShopOrders orders, BiConsumer<String, ObjectNode> push) {
        this.push = push;
        this.shelf = shelf;
        this.orders = orders;
    }

    JsonNode create(GraphQl.Selection call) {
        JsonNode input = call.argument("order");
        for (Iterator<String> names = input.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!ORDER.contains(name)) {
                throw new GraphQlFailure("INVALID_VARIABLE", name + " (Field is not defined on OrderCreateOrderInput)");
            }
        }
        ObjectNode payload = SandboxStore.document();
        payload.putNull("order");
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode lines = input.path("lineItems");
        if (lines.isEmpty()) {
            error(errors, "INVALID", "Line items must have at least one line item", "order", "lineItems");
        }
        Map<JsonNode, ObjectNode> items = new java.util.LinkedHashMap<>();
        for (int index = 0; index < lines.size(); index++) {
            ObjectNode item = item(lines.path(index));
            if (item == null) {
                error(
                        errors,
                        "INVALID",
                        "Product variant does not exist",
                        "order",
                        "lineItems",
                        "" + index,
                        "variantId");
            } else {
                items.put(lines.path(index), item);
            }
        }
        if (errors.isEmpty() && claim(call.argument("options"), items, errors)) {
            ObjectNode order = orders.ofApi(input, items);
            push.accept("orders/create", order);
            payload.putObject("order")
                    .put("id", order.path("admin_graphql_api_id").asText());
        }
        return payload;
    }

    private @Nullable ObjectNode item(JsonNode line) {
        String variant = line.path("variantId").asText();
        InventoryMutations.gid("ProductVariant", variant);
        return shelf.variant(InventoryMutations.number(variant));
    }

    /** BYPASS, the default, claims nothing. */
    private boolean claim(JsonNode options, Map<JsonNode, ObjectNode> items, ArrayNode errors) {
        String behaviour = options.path("inventoryBehaviour").asText("BYPASS");
        if (behaviour.equals("BYPASS")) {
            return true;
        }
        boolean obeying = behaviour.equals("DECREMENT_OBEYING_POLICY");
        for (Map.Entry<JsonNode, ObjectNode> line : items.entrySet()) {
            if (obeying
                    && line.getKey().path("quantity").asInt()
                            > line.getValue().path("available").asInt()) {
                error(errors, "INVENTORY_CLAIM_FAILED", "Unable to claim inventory", "order", "lineItems");
                return false;
            }
        }
        items.forEach((line, item) -> shelf.claim(item, line.path("quantity").asInt()));
        return true;
    }

    JsonNode cancel(GraphQl.Selection call) {
        String id = call.argument("orderId").asText();
        InventoryMutations.gid("Order", id);
        if (!call.argument("restock").isBoolean() || call.argument("reason").isMissingNode()) {
            throw new GraphQlFailure("missingRequiredArguments", "Field 'orderCancel' is missing required arguments");
        }
        ObjectNode payload = SandboxStore.document();
        payload.putNull("job");
        ArrayNode errors = payload.putArray("orderCancelUserErrors");
        payload.putArray("userErrors");
        ObjectNode order = orders.get(InventoryMutations.number(id));
        if (order == null) {
            error(errors, "NOT_FOUND", "Order does not exist", "orderId");
        } else if (orders.isCancelling(order)) {
            error(errors, "INVALID", "Cannot cancel an order that has already been canceled", "orderId");
        } else if (order.path("fulfillment_status").asText().equals("fulfilled")) {
            error(errors, "INVALID", "Cannot cancel a paid and fulfilled order", "orderId");
        } else if (call.argument("staffNote").asText("").length() > 255) {
            error(errors, "INVALID", "Staff note is too long. Maximum length is 255 characters.", "staffNote");
        } else {
            ObjectNode cancelled = orders.cancel(order);
            push.accept("orders/cancelled", cancelled);
            push.accept("orders/updated", cancelled);
            payload.putObject("job")
                    .put("id", "gid://shopify/Job/" + order.path("id").asText())
                    .put("done", false);
        }
        return payload;
    }

    private static void error(ArrayNode errors, String code, String message, String... field) {
        ObjectNode error = errors.addObject().put("code", code).put("message", message);
        ArrayNode path = error.putArray("field");
        for (String part : field) {
            path.add(part);
        }
    }
}
