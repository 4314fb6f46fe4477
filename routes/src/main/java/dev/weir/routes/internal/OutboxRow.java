package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Traces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What does one row of the outbox become? A message for the hub's own routes, and one for others where they may know of it.
 *
 * @param told what others are told; null when it is nobody else's affair
 */
record OutboxRow(
        long id,
        String brand,
        String topic,
        String key,
        String type,
        Instant at,
        JsonNode payload,
        @Nullable PublicEvent told) {
    private static final String CLOUD_EVENT = "application/cloudevents+json; charset=UTF-8";

    static OutboxRow read(ResultSet row, int n) throws SQLException {
        return of(
                row.getLong("id"),
                row.getString("brand"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                Sql.instant(row, "at"),
                Json.read(row.getString("payload")));
    }

    private static OutboxRow of(
            long id, String brand, String topic, String key, String type, Instant at, JsonNode payload) {
        return new OutboxRow(
                id, brand, topic, key, type, at, payload, PublicFeed.told(id, brand, key, type, at, payload));
    }

    List<KafkaSender.Row> messages() {
        List<KafkaSender.Row> messages = new ArrayList<>(2);
        if (!topic.equals(Outbox.MONEY)) {
            messages.add(new KafkaSender.Row(id, topic, key, envelope(), null, trace()));
        }
        if (told != null) {
            messages.add(new KafkaSender.Row(id, told.topic(), key, told.body(), CLOUD_EVENT, null));
        }
        return messages;
    }

    private @Nullable String trace() {
        return payload.path(Traces.HEADER).textValue();
    }

    /** What the hub's own routes read. */
    String envelope() {
        return Json.write(Map.of("id", id, "brand", brand, "type", type, "at", at, "payload", payload));
    }
}
