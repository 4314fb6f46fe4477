package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What level does a change of stock state? What the shop can sell in all: in the shop, and locked for campaigns and creators, who sell
 * the same units. The platform also tells us of the numbers that we set ourselves.
 */
final class Levels {
    private Levels() {}

    static ChannelEvent of(JsonNode data, int type, Instant receivedAt) {
        if (isOurOwn(data.path("change_detail"))) {
            return new ChannelEvent.Ignored("an echo of our own stock write");
        }
        String ref =
                data.path("product_id").asText() + "/" + data.path("sku_id").asText();
        JsonNode available = data.path("quantity_snapshot_after_change").path("total_available_quantity");
        if (!available.canConvertToInt() || data.path("sku_id").asText().isBlank()) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "type " + type + ", " + ref + ": quantity_snapshot_after_change or sku_id is missing");
        }
        return new ChannelEvent.StockSeen(ref, Math.max(0, available.asInt()), at(data, receivedAt));
    }

    /** A delivery may tell several changes at once: it is an echo only when all are ours. */
    private static boolean isOurOwn(JsonNode changes) {
        for (JsonNode change : changes) {
            if (!change.path("trigger_source").asText().equals("api_sync")) {
                return false;
            }
        }
        return !changes.isEmpty();
    }

    private static Instant at(JsonNode data, Instant receivedAt) {
        try {
            String text = data.path("occurred_at").asText("");
            return text.isBlank() ? receivedAt : Instant.parse(text);
        } catch (DateTimeException e) {
            return receivedAt;
        }
    }
}
