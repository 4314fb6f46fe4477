package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * Was an order pushed by the hub? Told by the source name and the tag that only the Admin API sets: note attributes will
 * not do, because any shopper can write those into a cart.
 */
final class Ours {
    static final String SOURCE = "weir";
    static final String TAG = "weir-order";

    private Ours() {}

    /** Of an order in either shape, GraphQL's or the webhooks'. */
    static boolean isOurs(JsonNode order) {
        String source =
                order.path("sourceName").asText(order.path("source_name").asText());
        return source.equals(SOURCE) || tagged(order.path("tags"));
    }

    private static boolean tagged(JsonNode tags) {
        if (tags.isTextual()) {
            return Arrays.stream(tags.asText().split(",", -1))
                    .anyMatch(tag -> tag.strip().equals(TAG));
        }
        for (JsonNode tag : tags) {
            if (tag.asText().equals(TAG)) {
                return true;
            }
        }
        return false;
    }
}
