package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How does GraphQL show an order that the webhooks write in the REST shape? Times in UTC, global ids, upper-case states. */
final class OrderView {
    private OrderView() {}

    static ObjectNode of(ObjectNode order, GraphQl.Selection lines) {
        ObjectNode view = SandboxStore.document()
                .put("id", order.path("admin_graphql_api_id").asText())
                .put("legacyResourceId", order.path("id").asText())
                .put("name", order.path("name").asText())
                .put("sourceName", order.path("source_name").asText())
                .put("createdAt", utc(order.path("created_at")))
                .put("updatedAt", utc(order.path("updated_at")))
                .put("cancelledAt", order.hasNonNull("cancelled_at") ? utc(order.path("cancelled_at")) : null)
                .put(
                        "displayFinancialStatus",
                        order.path("financial_status").asText().toUpperCase(Locale.ROOT))
                .put("currencyCode", order.path("currency").asText());
        view.set("sourceIdentifier", order.path("source_identifier"));
        view.set("email", order.path("email"));
        money(view, "totalPriceSet", order.path("total_price").asText(), order);
        ArrayNode tags = view.putArray("tags");
        for (String tag : order.path("tags").asText().split(", ")) {
            if (!tag.isBlank()) {
                tags.add(tag);
            }
        }
        ArrayNode attributes = view.putArray("customAttributes");
        for (JsonNode attribute : order.path("note_attributes")) {
            attributes
                    .addObject()
                    .put("key", attribute.path("name").asText())
                    .put("value", attribute.path("value").asText());
        }
        List<JsonNode> items = new ArrayList<>();
        order.path("line_items").forEach(item -> items.add(line(item, order)));
        view.set("lineItems", Pages.of(items, lines));
        afterSales(order, view);
        return view;
    }

    private static void afterSales(ObjectNode order, ObjectNode view) {
        ArrayNode refunds = view.putArray("refunds");
        for (JsonNode refund : order.path("refunds")) {
            refunds.addObject()
                    .put("id", "gid://shopify/Refund/" + refund.path("id").asText())
                    .put("note", refund.path("note").asText());
        }
        ArrayNode fulfilments = view.putArray("fulfillments");
        for (JsonNode fulfilment : order.path("fulfillments")) {
            ObjectNode each = fulfilments
                    .addObject()
                    .put(
                            "id",
                            "gid://shopify/Fulfillment/" + fulfilment.path("id").asText())
                    .put("status", fulfilment.path("status").asText().toUpperCase(Locale.ROOT));
            each.putArray("trackingInfo").addObject().set("number", fulfilment.path("tracking_number"));
        }
        ObjectNode part = view.putObject("fulfillmentOrders").putArray("nodes").addObject();
        part.put("id", "gid://shopify/FulfillmentOrder/" + order.path("id").asText())
                .put("status", fulfilmentStatus(order));
        ArrayNode lines = part.putObject("lineItems").putArray("nodes");
        for (JsonNode line : order.path("line_items")) {
            lines.addObject()
                    .put(
                            "id",
                            "gid://shopify/FulfillmentOrderLineItem/"
                                    + line.path("id").asText())
                    .put("remainingQuantity", line.path("fulfillable_quantity").asInt())
                    .put("sku", line.path("sku").asText())
                    .putObject("lineItem")
                    .put("id", line.path("admin_graphql_api_id").asText());
        }
    }

    /** Of the one fulfilment order that each order has here. */
    static String fulfilmentStatus(ObjectNode order) {
        String fulfilled = order.path("fulfillment_status").asText("");
        if (order.hasNonNull("cancelled_at") || fulfilled.equals("fulfilled")) {
            return "CLOSED";
        }
        return fulfilled.equals("partial") ? "IN_PROGRESS" : "OPEN";
    }

    private static ObjectNode line(JsonNode item, ObjectNode order) {
        ObjectNode line = SandboxStore.document()
                .put("id", item.path("admin_graphql_api_id").asText())
                .put("sku", item.path("sku").asText())
                .put("quantity", item.path("quantity").asInt())
                .put("currentQuantity", item.path("current_quantity").asInt())
                .put("refundableQuantity", item.path("current_quantity").asInt());
        money(line, "originalUnitPriceSet", item.path("price").asText(), order);
        return line;
    }

    private static void money(ObjectNode holder, String name, String amount, ObjectNode order) {
        holder.putObject(name)
                .putObject("shopMoney")
                .put("amount", amount)
                .put("currencyCode", order.path("currency").asText());
    }

    private static String utc(JsonNode shopTime) {
        return OffsetDateTime.parse(shopTime.asText()).toInstant().toString();
    }
}
