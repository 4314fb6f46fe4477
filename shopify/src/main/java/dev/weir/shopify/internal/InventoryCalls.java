package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which two calls read and set what one location has of inventory items? */
final class InventoryCalls {
    /** A row costs 3 points, and a query may ask for 1,000. */
    private static final int READ_BATCH = 250;

    private static final Operation READ = new Operation("StockRead", Lane.STOCK, 3, """
            query StockRead($ids: [ID!]!, $location: ID!) {
              nodes(ids: $ids) {
                ... on InventoryItem {
                  id tracked
                  inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
                }
              }
            }""");

    private static final Operation SET = new Operation("StockSet", Lane.STOCK, 13, """
            mutation StockSet($input: InventorySetQuantitiesInput!, $key: String!) {
              inventorySetQuantities(input: $input) @idempotent(key: $key) {
                inventoryAdjustmentGroup { id }
                userErrors { field message code }
              }
            }""");

    private final ShopifyClient client;
    private final Connection connection;

    InventoryCalls(ShopifyClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** What the location has, by item; items that the shop does not know are left out. */
    Map<String, Seen> read(List<String> items) {
        return read(items, Lane.STOCK);
    }

    /** As above, in the turn of {@code lane}. */
    Map<String, Seen> read(List<String> items, Lane lane) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (int from = 0; from < items.size(); from += READ_BATCH) {
            ObjectNode variables = ShopifyClient.variables().put("location", location());
            ArrayNode ids = variables.putArray("ids");
            items.subList(from, Math.min(items.size(), from + READ_BATCH)).forEach(ids::add);
            for (JsonNode item : client.repeatable(READ.in(lane).costing(ids.size() * 3.0), variables)
                    .path("nodes")) {
                if (item.hasNonNull("id")) {
                    seen.put(
                            item.path("id").asText(),
                            new Seen(item.path("tracked").asBoolean(), available(item)));
                }
            }
        }
        return seen;
    }

    /**
     * Sets {@code rows} together or not at all; returns the mutation's payload. The key is one per call, so a lost answer
     * is asked for again without a second effect, and a later call never meets the outcome of an earlier one.
     */
    JsonNode set(List<Row> rows) {
        ObjectNode variables =
                ShopifyClient.variables().put("key", UUID.randomUUID().toString());
        ObjectNode input = variables.putObject("input").put("name", "available").put("reason", "correction");
        ArrayNode quantities = input.putArray("quantities");
        for (Row row : rows) {
            quantities
                    .addObject()
                    .put("inventoryItemId", row.item())
                    .put("locationId", location())
                    .put("quantity", row.quantity())
                    .put("changeFromQuantity", row.expected());
        }
        return client.repeatable(SET, variables).path("inventorySetQuantities");
    }

    /** The connection's location. */
    String location() {
        return Gid.of("Location", connection.setting("locationId"), Fault.UNAUTHORISED);
    }

    private static @Nullable Integer available(JsonNode item) {
        for (JsonNode quantity : item.path("inventoryLevel").path("quantities")) {
            if (quantity.path("name").asText().equals("available")) {
                return quantity.path("quantity").asInt();
            }
        }
        return null;
    }

    /** An item as seen; {@code available} is null where it was never stocked at the location, and may be negative. */
    record Seen(boolean tracked, @Nullable Integer available) {}

    /** A level to set, if the location still shows {@code expected}; null (sent as such) skips the comparison. */
    record Row(String item, int quantity, @Nullable Integer expected) {}
}
