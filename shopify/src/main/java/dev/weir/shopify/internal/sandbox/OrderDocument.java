package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What does an order look like in the body of a webhook? REST shape of 2026-10. */
final class OrderDocument {
    private OrderDocument() {}

    static ObjectNode begin(long id, String at, String currency) {
        ObjectNode order = SandboxStore.document()
                .put("id", id)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + id)
                .put("app_id", 580_111)
                .put("name", "#" + (id % 1_000_000 + 1000))
                .put("order_number", id % 1_000_000 + 1000)
                .put("confirmation_number", Long.toString(id, 36).toUpperCase(Locale.ROOT))
                .put("created_at", at)
                .put("updated_at", at)
                .put("processed_at", at)
                .put("currency", currency)
                .put("presentment_currency", currency)
                .put("financial_status", "paid")
                .put("taxes_included", true)
                .put("test", true)
                .put("tags", "");
        for (String none : List.of(
                "cancelled_at",
                "cancel_reason",
                "closed_at",
                "fulfillment_status",
                "note",
                "source_identifier",
                "customer",
                "phone",
                "landing_site",
                "referring_site")) {
            order.putNull(none);
        }
        for (String list : List.of(
                "note_attributes", "line_items", "shipping_lines", "discount_codes", "refunds", "fulfillments")) {
            order.putArray(list);
        }
        return order;
    }

    static void line(ObjectNode order, ObjectNode item, long id, int quantity, String price) {
        ObjectNode line = order.withArray("line_items").addObject();
        line.put("id", id)
                .put("admin_graphql_api_id", "gid://shopify/LineItem/" + id)
                .put("variant_id", item.path("variant").asLong())
                .put("product_id", item.path("product").asLong())
                .put("sku", item.path("sku").asText())
                .put("title", item.path("title").asText())
                .put("quantity", quantity)
                .put("current_quantity", quantity)
                .put("fulfillable_quantity", quantity)
                .put("price", price)
                .put("total_discount", "0.00")
                .put("requires_shipping", true);
        line.putObject("price_set")
                .putObject("shop_money")
                .put("amount", price)
                .put("currency_code", order.path("currency").asText());
        for (String list : List.of("properties", "tax_lines", "discount_allocations")) {
            line.putArray(list);
        }
    }

    static void fromInput(ObjectNode order, JsonNode input) {
        order.put("source_name", input.path("sourceName").asText("580111"));
        order.set("source_identifier", input.path("sourceIdentifier"));
        order.set("email", input.path("email"));
        List<String> tags = new ArrayList<>();
        input.path("tags").forEach(tag -> tags.add(tag.asText()));
        Collections.sort(tags);
        order.put("tags", String.join(", ", tags));
        for (JsonNode attribute : input.path("customAttributes")) {
            order.withArray("note_attributes")
                    .addObject()
                    .put("name", attribute.path("key").asText())
                    .put("value", attribute.path("value").asText());
        }
        JsonNode payment = input.path("transactions").path(0);
        boolean paid = payment.path("kind").asText().equals("SALE")
                && payment.path("status").asText().equals("SUCCESS");
        order.put(
                "financial_status",
                paid ? "paid" : input.path("financialStatus").asText("pending").toLowerCase(Locale.ROOT));
        String shipping = input.path("shippingLines")
                .path(0)
                .path("priceSet")
                .path("shopMoney")
                .path("amount")
                .asText("0.00");
        total(order, shipping);
    }

    static void total(ObjectNode order, String shipping) {
        String currency = order.path("currency").asText();
        Money lines = Money.of("0", currency);
        for (JsonNode line : order.path("line_items")) {
            lines = lines.plus(Money.of(line.path("price").asText(), currency)
                    .times(line.path("quantity").asLong()));
        }
        Money total = lines.plus(Money.of(shipping, currency));
        order.put("subtotal_price", lines.amount())
                .put("total_price", total.amount())
                .put("current_total_price", total.amount())
                .put("total_tax", "0.00")
                .put("total_discounts", "0.00");
    }
}
