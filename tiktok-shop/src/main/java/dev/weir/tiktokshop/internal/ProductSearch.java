package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Lane;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Which products does the shop have? The search stops at 10,000 of them, so a larger catalogue is walked in windows of the time
 * that products were made, halved until each is small enough.
 */
final class ProductSearch {
    private static final String PATH = "/product/202502/products/search";
    private static final int MOST_FOUND = 10_000;

    /** Before the first shop. */
    private static final long EPOCH = Instant.parse("2019-01-01T00:00:00Z").getEpochSecond();

    private final TikTokClient client;
    private final GatewayTime time;

    ProductSearch(TikTokClient client, GatewayTime time) {
        this.client = client;
        this.time = time;
    }

    /** Hands every product that {@code filter} finds to {@code each}. */
    void all(ObjectNode filter, Consumer<JsonNode> each) {
        if (count(filter) <= MOST_FOUND) {
            page(filter, each);
        } else {
            window(filter, EPOCH, time.seconds(), each);
        }
    }

    private void window(ObjectNode filter, long from, long to, Consumer<JsonNode> each) {
        ObjectNode narrower = filter.deepCopy().put("create_time_ge", from).put("create_time_le", to);
        if (from >= to || count(narrower) <= MOST_FOUND) {
            page(narrower, each);
            return;
        }
        long middle = from + (to - from) / 2;
        window(filter, from, middle, each);
        window(filter, middle + 1, to, each);
    }

    private long count(ObjectNode filter) {
        return client.send(call(filter).with("page_size", "1"))
                .path("total_count")
                .asLong();
    }

    void page(ObjectNode filter, Consumer<JsonNode> each) {
        client.pages(call(filter), page -> page.path("products").forEach(each));
    }

    private static TikTokCall call(ObjectNode filter) {
        return TikTokCall.post(Lane.CATALOGUE, "ProductSearch", PATH, filter);
    }

    static ObjectNode filter(String status) {
        return TikTokClient.JSON.createObjectNode().put("status", status);
    }
}
