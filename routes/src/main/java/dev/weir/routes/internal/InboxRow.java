package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * What of a proven delivery becomes a row? Texts hold no zero character, which PostgreSQL refuses.
 *
 * @param headers a JSON object
 * @param body as signed; not copied
 */
record InboxRow(
        UUID id,
        UUID connectionId,
        String brand,
        String channel,
        String deliveryId,
        String topic,
        String aggregateKey,
        String headers,
        String query,
        byte[] body,
        Instant receivedAt) {
    private static final int MOST_TOPIC = 200;
    /** A key of an index must stay below 2,700 bytes; no platform's comes near. */
    private static final int MOST_KEY = 600;

    static InboxRow of(
            UUID connectionId, String brand, String channel, RawWebhook raw, WebhookVerdict.Authentic verdict) {
        return new InboxRow(
                UUID.randomUUID(),
                connectionId,
                brand,
                channel,
                key(verdict.deliveryId()),
                Sql.cut(verdict.topic(), MOST_TOPIC),
                key(verdict.aggregateKey()),
                Json.write(raw.headers()),
                raw.query().replace('\0', ' '),
                raw.body(),
                raw.receivedAt());
    }

    /** About what it takes of memory, of a statement or of the spool. */
    int size() {
        return body.length + headers.length() + query.length();
    }

    // Two long texts that differ only at their ends must not become one.
    private static String key(String text) {
        return text.length() <= MOST_KEY
                ? text.replace('\0', ' ')
                : "long/" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
