package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Was an order pushed by the hub, or a refund noted by it? Told by the source name and the tag that only the Admin API sets: note attributes will
 * not do, because any shopper can write those into a cart.
 */
final class Ours {
    static final String SOURCE = "weir";
    static final String TAG = "weir-order";
    private static final String REFUND = "weir refund ";
    private static final int MAX_NOTE = 255;

    private Ours() {}

    /** Of an order in either shape, GraphQL's or the webhooks'. */
    static boolean isOurs(JsonNode order) {
        String source =
                order.path("sourceName").asText(order.path("source_name").asText());
        return source.equals(SOURCE) || tagged(order.path("tags"));
    }

    /** {@code order} with the proof that it is ours, and our id of it; in either shape too. */
    static Order marked(Order order, JsonNode document) {
        String key = document.path("sourceIdentifier")
                .asText(document.path("source_identifier").asText(""));
        return order.with(Order.HANDED_OVER, key.isBlank() ? Order.MARKED : key);
    }

    /** What we write at a refund; {@link #isRefund} finds it again. */
    static String refundNote(OrderRefund.Request refund) {
        String note = REFUND + refund.key() + ": " + refund.amount() + ", " + refund.reason();
        return note.length() > MAX_NOTE ? note.substring(0, MAX_NOTE) : note;
    }

    /** Whether {@code note} is of our refund {@code key}. */
    static boolean isRefund(String note, String key) {
        return note.startsWith(REFUND + key + ":");
    }

    /** Whether {@code note} is of any of our refunds. */
    static boolean isRefund(String note) {
        return note.startsWith(REFUND);
    }

    /** The name under which a shipment of ours is remembered. */
    static String shipmentKey(String order, String shipment) {
        return "shipment " + order + " " + shipment;
    }

    /** The name under which a fulfilment that we made is remembered. */
    static String fulfilmentKey(String id) {
        return "fulfilment " + id;
    }

    /** What the tag of a shipment begins with; the fulfilment's id follows. Shopify allows 40 characters. */
    static String shipmentTag(String shipment) {
        byte[] hash = Signatures.hmacSha256(TAG, shipment.getBytes(StandardCharsets.UTF_8));
        return "weir-s-" + Signatures.hex(hash).substring(0, 12) + "-";
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
