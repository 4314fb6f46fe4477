package dev.weir.bench.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bench.hold.Wire;
import dev.weir.bench.hold.Wires;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What does a platform push? Signed deliveries of the demo's Shopify, each once, of the size of an order with three lines, under a
 * topic that changes nothing: what is measured is the door, and the effect of an order would need stock for each. Thread-safe.
 */
public final class Platform {
    private static final String TOPIC = "app/scopes_update";

    /** Deliveries under way at once. */
    private static final int MOST = 256;

    private final URI address;
    private final String shop;
    private final SecretKeySpec secret;
    private final Wires wires;

    /** That of {@code connection}, as {@code demo.json} tells of it. */
    public Platform(JsonNode connection) {
        address = URI.create(connection.path("webhookUrl").asText());
        wires = new Wires(address, MOST);
        shop = connection.path("shop").asText();
        secret = new SecretKeySpec(
                connection.path("webhookSecret").asText().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** A body of about 1.6 kB. */
    public static String body() {
        StringBuilder body =
                new StringBuilder("{\"id\":\"").append(UUID.randomUUID()).append("\",\"line_items\":[");
        for (int i = 0; i < 16; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(13_000_000_000L + i)
                    .append(
                            ",\"sku\":\"PLATE-SAGE\",\"quantity\":1,\"price\":\"12.90\",\"title\":\"A plate, glazed\"}");
        }
        return body.append("]}").toString();
    }

    /** Delivers one and waits until it is accepted. */
    public void deliver() throws IOException {
        String body = body();
        String headers = "X-Shopify-Topic: " + TOPIC + "\r\nX-Shopify-Shop-Domain: " + shop
                + "\r\nX-Shopify-API-Version: 2026-10\r\nX-Shopify-Webhook-Id: " + UUID.randomUUID()
                + "\r\nX-Shopify-Hmac-Sha256: " + signature(body) + "\r\n";
        Wire.Answer answer = wires.ask(wire -> wire.ask("POST", address.getPath(), headers, body));
        if (answer.status() != 200) {
            throw new IOException("status: " + answer.status() + " (expected: 200) with " + answer.body());
        }
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
