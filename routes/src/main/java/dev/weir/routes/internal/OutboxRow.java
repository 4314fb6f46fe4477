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

/** What stands in one row of the outbox, and what does it become? */
record OutboxRow(long id, String brand, String topic, String key, String type, Instant at, JsonNode payload) {
    private static final String CLOUD_EVENT = "application/cloudevents+json; charset=UTF-8";
    private static final String LEVEL = "StockChanged";

    static OutboxRow read(ResultSet row, int n) throws SQLException {
        return new OutboxRow(
                row.getLong("id"),
                row.getString("brand"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("type"),
                Sql.instant(row, "at"),
                Json.read(row.getString("payload")));
    }

    /** Whether it says how many there are of something now: a newer one of its key makes it worthless. */
    boolean isLevel() {
        return topic.equals(Outbox.STOCK) && type.equals(LEVEL);
    }

    /** Of a level: the higher, the newer. */
    long version() {
        return payload.path("version").asLong();
    }

    private @Nullable String trace() {
        return payload.path(Traces.HEADER).textValue();
    }

    Outgoing outgoing() {
        return new Outgoing(this, PublicFeed.told(id, brand, key, type, at, payload));
    }

    /** What the hub's own routes read. */
    String envelope() {
        return Json.write(Map.of("id", id, "brand", brand, "type", type, "at", at, "payload", payload));
    }

    /**
     * A row with its messages: one for the hub's own routes, and one for others where they may know of it.
     *
     * @param told what others are told; null when it is nobody else's affair
     */
    record Outgoing(OutboxRow row, @Nullable PublicEvent told) {
        List<KafkaSender.Row> messages() {
            List<KafkaSender.Row> messages = new ArrayList<>(2);
            if (!row.topic.equals(Outbox.MONEY) && !row.topic.equals(PublicFeed.DEAD_LETTERS)) {
                messages.add(new KafkaSender.Row(row.id, row.topic, row.key, row.envelope(), null, row.trace()));
            }
            if (told != null) {
                messages.add(new KafkaSender.Row(row.id, told.topic(), row.key, told.body(), CLOUD_EVENT, null));
            }
            return messages;
        }
    }
}
