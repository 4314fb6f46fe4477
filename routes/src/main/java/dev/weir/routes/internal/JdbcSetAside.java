package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.mapping.Difference;
import dev.weir.routes.SetAside;
import dev.weir.routes.WebhookLog;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How are boards read, and copies tried and kept? */
final class JdbcSetAside implements SetAside {
    private static final int MOST = 200;

    private final Wiring wiring;
    private final InboxStore store;
    private final Signal signal;

    /** Reads and writes through {@code wiring}; {@code signal} wakes the relay. */
    JdbcSetAside(Wiring wiring, InboxStore store, Signal signal) {
        this.wiring = wiring;
        this.store = store;
        this.signal = signal;
    }

    @Override
    public Counts counts(String brand) {
        return wiring.jdbc()
                .sql("""
                        select count(*) filter (where state = 'PARKED') as parked,
                               min(received_at) filter (where state = 'PARKED') as parked_since,
                               count(*) filter (where state = 'DEAD') as dead,
                               min(received_at) filter (where state = 'DEAD') as dead_since
                        from inbox where brand = :brand and state in ('PARKED', 'DEAD')""")
                .param("brand", brand)
                .query((row, n) -> new Counts(
                        row.getLong("parked"),
                        Sql.instantOrNull(row, "parked_since"),
                        row.getLong("dead"),
                        Sql.instantOrNull(row, "dead_since")))
                .single();
    }

    @Override
    public Board board(String brand, WebhookLog.State state, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        if (state != WebhookLog.State.PARKED && state != WebhookLog.State.DEAD) {
            throw new IllegalArgumentException("state: " + state + " (expected: PARKED or DEAD)");
        }
        Place place = cursor == null ? new Place(Instant.EPOCH, 0) : Place.parse(cursor);
        List<Row> rows = wiring.jdbc()
                .sql(JdbcWebhookLog.COLUMNS + """
                        , waits_for from inbox
                        where brand = :brand and state = :state and state in ('PARKED', 'DEAD')
                          and (received_at, seq) > (:at, :seq)
                        order by received_at, seq limit :limit""")
                .param("brand", brand)
                .param("state", state.name())
                .param("at", Sql.at(place.at()))
                .param("seq", place.seq())
                .param("limit", limit + 1)
                .query((row, n) -> new Row(
                        new Item(JdbcWebhookLog.entry(row), row.getString("waits_for")),
                        new Place(Sql.instant(row, "received_at"), row.getLong("seq"))))
                .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Board(
                shown.stream().map(Row::item).toList(),
                rows.size() > limit ? shown.getLast().place().toString() : null);
    }

    @Override
    public List<Repair> repairs(UUID id) {
        return wiring.jdbc()
                .sql("select n, by, note, at, body from inbox_repair where inbox_id = :id order by n desc")
                .param("id", id)
                .query((row, n) -> new Repair(
                        row.getInt("n"),
                        row.getString("by"),
                        row.getString("note"),
                        Sql.instant(row, "at"),
                        new String(row.getBytes("body"), StandardCharsets.UTF_8)))
                .list();
    }

    @Override
    public Optional<Trial> attempt(UUID id, byte[] copy) {
        bounded(copy);
        return store.unerased(id).map(delivery -> {
            Reading before = read(delivery, delivery.raw());
            Reading after = read(delivery, with(delivery.raw(), copy));
            return new Trial(
                    after.refusal(),
                    before.refusal(),
                    after.events(),
                    Difference.between(before.events(), after.events()));
        });
    }

    @Override
    public boolean repair(UUID id, byte[] copy, int basedOn, Signed signed) {
        bounded(copy);
        if (basedOn < 0 || basedOn >= MOST_REPAIRS) {
            throw new IllegalArgumentException(
                    "basedOn: " + basedOn + " (expected: 0.." + (MOST_REPAIRS - 1) + ", the copies there are)");
        }
        boolean kept = Boolean.TRUE.equals(
                wiring.transaction().execute(status -> store.keep(id, copy, basedOn, signed) && store.replay(id)));
        signal.raise();
        return kept;
    }

    private static void bounded(byte[] copy) {
        if (copy.length == 0 || copy.length > MOST_COPY) {
            throw new IllegalArgumentException(
                    "body: " + copy.length + " bytes (expected: 1.." + MOST_COPY + " of UTF-8)");
        }
    }

    /** Asks no platform: an order that a delivery only names stays a name. */
    private Reading read(Delivery delivery, RawWebhook raw) {
        try {
            Connection connection = wiring.connection(delivery.connectionId());
            ArrayNode events = JsonNodeFactory.instance.arrayNode();
            for (ChannelEvent event :
                    wiring.channel(connection).orderWebhook(connection).read(raw)) {
                ObjectNode told =
                        events.addObject().put("type", event.getClass().getSimpleName());
                if (Json.read(Json.write(event)) instanceof ObjectNode fields) {
                    told.setAll(fields);
                }
            }
            return new Reading(events, null);
        } catch (RuntimeException e) {
            return new Reading(JsonNodeFactory.instance.arrayNode(), FaultPolicy.reason(e));
        }
    }

    private static RawWebhook with(RawWebhook raw, byte[] copy) {
        return new RawWebhook(raw.headers(), raw.query(), copy, raw.receivedAt());
    }

    private record Reading(JsonNode events, @Nullable String refusal) {}

    private record Row(Item item, Place place) {}

    /** Where a page ended. */
    private record Place(Instant at, long seq) {
        static Place parse(String cursor) {
            String[] parts = cursor.split("~", 2);
            try {
                if (parts.length == 2) {
                    return new Place(Instant.parse(parts[0]), Long.parseLong(parts[1]));
                }
            } catch (DateTimeException | NumberFormatException e) {
                throw refused(cursor, e);
            }
            throw refused(cursor, null);
        }

        private static IllegalArgumentException refused(String cursor, @Nullable Throwable cause) {
            return new IllegalArgumentException(
                    "cursor: " + Sql.cut(cursor, 40) + " (expected: one that a page gave)", cause);
        }

        @Override
        public String toString() {
            return at + "~" + seq;
        }
    }
}
