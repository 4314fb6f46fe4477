package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What does Meta's catalogue hold of these SKUs now, and of all? Pages of at most 100, at most 20,000 of them. */
public final class ProductReads {
    private static final int BATCH = 50;
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 20_000;
    private static final String FIELDS = "id,retailer_id,name,price,currency,image_url,availability,"
            + "quantity_to_sell_on_facebook,review_status,visibility";

    private final GraphClient client;
    private final String catalogue;

    /** Reads of one catalogue. */
    public ProductReads(GraphClient client, Connection connection) {
        this.client = client;
        catalogue = "/" + GraphClient.encode(connection.setting("catalogId"));
    }

    /** The catalogue's name and size. */
    public String catalogue() {
        JsonNode answer =
                client.get("catalogue", Lane.ORDER, catalogue, Map.of("fields", "name,product_count,vertical"));
        return answer.path("name").asText() + ", "
                + answer.path("product_count").asInt() + " products";
    }

    /** The products by SKU; those that are not there are left out. */
    Map<String, JsonNode> read(List<String> skus, Lane lane) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (int from = 0; from < skus.size(); from += BATCH) {
            List<String> batch = skus.subList(from, Math.min(from + BATCH, skus.size()));
            pages(
                    filter(batch),
                    null,
                    lane,
                    (page, next) -> page.forEach(
                            item -> found.put(item.path("retailer_id").asText(), item)));
        }
        return found;
    }

    /**
     * Hands every page of the catalogue to {@code sink}, from the cursor {@code after} on (null: the beginning), each with the
     * cursor behind it.
     */
    void all(@Nullable String after, BiConsumer<JsonNode, String> sink) {
        pages("", after, Lane.CATALOGUE, sink);
    }

    /** Units that the catalogue shows: none where it says that they are out of stock. */
    static int units(JsonNode product) {
        return product.path("availability").asText().equals("in stock")
                ? Math.max(0, product.path("quantity_to_sell_on_facebook").asInt())
                : 0;
    }

    private void pages(String filter, @Nullable String after, Lane lane, BiConsumer<JsonNode, String> sink) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("fields", FIELDS);
        query.put("limit", Integer.toString(PAGE));
        if (!filter.isEmpty()) {
            query.put("filter", filter);
        }
        String cursor = after;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            if (cursor != null) {
                query.put("after", cursor);
            }
            JsonNode page = client.get("products", lane, catalogue + "/products", query);
            String next = page.path("paging").path("cursors").path("after").asText();
            sink.accept(page.path("data"), next);
            if (!page.path("paging").has("next")) {
                return;
            }
            if (next.isEmpty() || next.equals(cursor)) {
                throw new ChannelException(Fault.TRANSIENT, "products: a next page without a cursor of its own");
            }
            cursor = next;
        }
        throw new ChannelException(Fault.REJECTED, "products: more than " + MOST_PAGES + " pages of " + PAGE);
    }

    private static String filter(List<String> skus) {
        ObjectNode filter = GraphClient.JSON.createObjectNode();
        ArrayNode any = filter.putObject("retailer_id").putArray("is_any");
        skus.forEach(any::add);
        return filter.toString();
    }
}
