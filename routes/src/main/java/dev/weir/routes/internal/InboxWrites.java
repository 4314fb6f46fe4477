package dev.weir.routes.internal;

import dev.weir.connectors.Traces;
import dev.weir.routes.Inbox.Stored;
import dev.weir.routes.RoutesSettings;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How are deliveries put on disk, and told to Kafka, in one statement? Thread-safe. */
final class InboxWrites {
    /** A statement of this many bytes and rows at most. */
    static final int MOST_BYTES = 4 << 20;

    static final int MOST_ROWS = 64;

    // A repeat inserts nothing, so it tells nothing either; nor does the same row by the other way, from the queue and
    // from the spool.
    private static final String STORE = """
            with given as (
                select * from unnest(
                    cast(:ids as uuid[]), cast(:connections as uuid[]), cast(:brands as text[]), cast(:channels as text[]),
                    cast(:deliveries as text[]), cast(:topics as text[]), cast(:aggregates as text[]),
                    cast(:headers as jsonb[]), cast(:queries as text[]), cast(:bodies as bytea[]),
                    cast(:received as timestamptz[])) with ordinality
                as one (id, connection_id, brand, channel, delivery_id, topic, aggregate_key, headers, query, body,
                        received_at, nth)),
            stored as (
                insert into inbox (id, connection_id, brand, channel, delivery_id, topic, aggregate_key, headers, query,
                                   body, received_at, state, next_try_at)
                select id, connection_id, brand, channel, delivery_id, topic, aggregate_key, headers, query, body,
                       received_at, 'RECEIVED', :sweep from given order by nth
                on conflict do nothing
                returning id, brand, connection_id, aggregate_key, seq%s),
            told as (
                insert into outbox (brand, topic, key, type, payload, at)
                select brand, :kafka, connection_id || '/' || aggregate_key, 'WebhookStored',
                       %s, :now from stored order by seq)
            select id from stored""";

    private static final String PLAIN = STORE.formatted("", "jsonb_build_object('inboxId', id)");
    private static final String TRACED = STORE.formatted(
            ", headers->>'" + Traces.HEADER + "' as trace",
            "jsonb_strip_nulls(jsonb_build_object('inboxId', id, '" + Traces.HEADER + "', trace))");

    private static final String THERE = """
            select id, connection_id, delivery_id from inbox where (connection_id, delivery_id) in (
                select * from unnest(cast(:connections as uuid[]), cast(:deliveries as text[])))""";

    private final JdbcClient jdbc;
    private final RoutesSettings settings;
    private final String statement;
    private final Signal signal;
    private final Clock clock;

    /** Stores in {@code jdbc}'s database and wakes the relay through {@code signal}; {@code traced}: the message says where its delivery's trace is. */
    InboxWrites(JdbcClient jdbc, RoutesSettings settings, boolean traced, Signal signal, Clock clock) {
        this.statement = traced ? TRACED : PLAIN;
        this.jdbc = jdbc;
        this.settings = settings;
        this.signal = signal;
        this.clock = clock;
    }

    /** Stores those that are not there yet, all or none; what became of each, by its own id. */
    Map<UUID, Stored> store(List<InboxRow> rows) {
        Set<UUID> fresh = insert(rows);
        if (!fresh.isEmpty()) {
            signal.raise();
        }
        List<InboxRow> repeated =
                rows.stream().filter(row -> !fresh.contains(row.id())).toList();
        Map<UUID, Stored> each = repeated.isEmpty() ? new HashMap<>() : existing(repeated);
        fresh.forEach(id -> each.put(id, new Stored(id, false, false)));
        return each;
    }

    /** Throws as {@link #store} would when the database does not answer. */
    void probe() {
        jdbc.sql("select 1").query(Integer.class).single();
    }

    private Set<UUID> insert(List<InboxRow> rows) {
        return new HashSet<>(jdbc.sql(statement)
                .param("ids", texts(rows, row -> row.id().toString()))
                .param("connections", texts(rows, row -> row.connectionId().toString()))
                .param("brands", texts(rows, InboxRow::brand))
                .param("channels", texts(rows, InboxRow::channel))
                .param("deliveries", texts(rows, InboxRow::deliveryId))
                .param("topics", texts(rows, InboxRow::topic))
                .param("aggregates", texts(rows, InboxRow::aggregateKey))
                .param("headers", texts(rows, InboxRow::headers))
                .param("queries", texts(rows, InboxRow::query))
                .param("bodies", rows.stream().map(InboxRow::body).toArray(byte[][]::new))
                .param("received", texts(rows, row -> row.receivedAt().toString()))
                .param("sweep", Sql.at(clock.instant().plus(settings.inboxGrace())))
                .param("kafka", Topics.INBOX)
                .param("now", Sql.at(clock.instant()))
                .query(UUID.class)
                .list());
    }

    private Map<UUID, Stored> existing(List<InboxRow> rows) {
        Map<Key, UUID> there = new HashMap<>();
        jdbc.sql(THERE)
                .param("connections", texts(rows, row -> row.connectionId().toString()))
                .param("deliveries", texts(rows, InboxRow::deliveryId))
                .query(row -> {
                    there.put(
                            new Key(row.getObject("connection_id", UUID.class), row.getString("delivery_id")),
                            row.getObject("id", UUID.class));
                });
        Map<UUID, Stored> each = new HashMap<>();
        // A row that was deleted since, at the end of its time, was handled long ago.
        rows.forEach(row -> each.put(
                row.id(),
                new Stored(there.getOrDefault(new Key(row.connectionId(), row.deliveryId()), row.id()), true, false)));
        return each;
    }

    private static String[] texts(List<InboxRow> rows, Function<InboxRow, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private record Key(UUID connectionId, String deliveryId) {}
}
