package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Connection;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;

/**
 * By which mark is an order of ours found again at the shop? A purchase-order number, because that is placed together with
 * the order: a mark that were written afterwards could be lost between. 32 characters, as the column holds: {@code weir-},
 * 13 hexadecimal digits of our key, 14 that prove them, so that a shopper who enters such a number hides nothing.
 */
final class Marker {
    private static final String PREFIX = "weir-";
    private static final int KEY = 13;
    private static final int PROOF = 14;

    private Marker() {}

    /** The mark of the order {@code key} at the shop of {@code connection}. */
    static String of(Connection connection, String key) {
        String digits = digest("key", key, KEY);
        return PREFIX + digits + proof(connection, digits);
    }

    /** Whether the hub placed this order of Magento. */
    static boolean isOurs(Connection connection, JsonNode order) {
        String number = numberOf(order);
        if (number.length() != PREFIX.length() + KEY + PROOF || !number.startsWith(PREFIX)) {
            return false;
        }
        String digits = number.substring(PREFIX.length(), PREFIX.length() + KEY);
        return Signatures.same(proof(connection, digits), number.substring(PREFIX.length() + KEY));
    }

    /** The purchase-order number of an order, or nothing. */
    static String numberOf(JsonNode order) {
        return order.path("payment").path("po_number").asText("");
    }

    private static String proof(Connection connection, String digits) {
        return digest(connection.id().toString(), digits, PROOF);
    }

    private static String digest(String key, String text, int length) {
        byte[] mac = Signatures.hmacSha256(key, text.getBytes(StandardCharsets.UTF_8));
        return Signatures.hex(mac).substring(0, length);
    }
}
