package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What does Meta's catalogue hold of these SKUs now? */
public final class ProductReads {
    private static final int BATCH = 50;

    private final GraphClient client;
    private final Connection connection;

    /** Reads of one catalogue. */
    public ProductReads(GraphClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    /** The catalogue's name and size. */
    public String catalogue() {
        JsonNode answer = client.get("catalogue", path(""), Map.of("fields", "name,product_count,vertical"));
        return answer.path("name").asText() + ", "
                + answer.path("product_count").asInt() + " products";
    }

    /** The products by SKU; those that are not there are left out. */
    Map<String, JsonNode> read(List<String> skus) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (int from = 0; from < skus.size(); from += BATCH) {
            List<String> batch = skus.subList(from, Math.min(from + BATCH, skus.size()));
            Map<String, String> query = new LinkedHashMap<>();
            query.put("fields", "id,retailer_id,availability,quantity_to_sell_on_facebook");
            query.put("filter", filter(batch));
            query.put("limit", Integer.toString(BATCH));
            JsonNode page;
            do {
                page = client.get("products", path("/products"), query);
                page.path("data")
                        .forEach(item -> found.put(item.path("retailer_id").asText(), item));
                query.put(
                        "after",
                        page.path("paging").path("cursors").path("after").asText());
            } while (page.path("paging").has("next"));
        }
        return found;
    }

    /** Units that the catalogue shows: none where it says that they are out of stock. */
    static int units(JsonNode product) {
        return product.path("availability").asText().equals("in stock")
                ? Math.max(0, product.path("quantity_to_sell_on_facebook").asInt())
                : 0;
    }

    private String path(String edge) {
        return "/" + GraphClient.encode(connection.setting("catalogId")) + edge;
    }

    private static String filter(List<String> skus) {
        ObjectNode filter = GraphClient.JSON.createObjectNode();
        ArrayNode any = filter.putObject("retailer_id").putArray("is_any");
        skus.forEach(any::add);
        return filter.toString();
    }
}
