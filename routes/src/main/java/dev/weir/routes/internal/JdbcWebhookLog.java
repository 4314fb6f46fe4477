package dev.weir.routes.internal;

import dev.weir.routes.WebhookLog;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How is the inbox shown to ops? A page runs down {@code seq}, so rows that arrive meanwhile do not shift it. */
public final class JdbcWebhookLog implements WebhookLog {
    private static final int MOST = 200;
    private static final String COLUMNS = """
            select id, connection_id, brand, channel, topic, delivery_id, state, reason, attempts, received_at,
                   next_try_at, done_at, seq""";

    private final JdbcClient jdbc;
    private final InboxStore store;
    private final Signal signal;

    JdbcWebhookLog(JdbcClient jdbc, InboxStore store, Signal signal) {
        this.jdbc = jdbc;
        this.store = store;
        this.signal = signal;
    }

    @Override
    public Page list(String brand, @Nullable State state, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        List<Row> rows = jdbc.sql(COLUMNS + """
                         from inbox
                        where brand = :brand and seq < :before and (cast(:state as text) is null or state = :state)
                        order by seq desc limit :limit""")
                .param("brand", brand)
                .param("before", before(cursor))
                .param("state", state == null ? null : state.name())
                .param("limit", limit + 1)
                .query((row, n) -> new Row(entry(row), row.getLong("seq")))
                .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        String next = rows.size() > limit ? Long.toString(shown.getLast().seq()) : null;
        return new Page(shown.stream().map(Row::entry).toList(), next);
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "cursor: " + Sql.cut(cursor, 40) + " (expected: one that a page gave)", e);
        }
    }

    @Override
    public Optional<Detail> find(UUID id) {
        return jdbc.sql(COLUMNS + """
                        , headers, substring(body for :shown) as shown, octet_length(body) as size
                        from inbox where id = :id""")
                .param("shown", SHOWN)
                .param("id", id)
                .query((row, n) -> new Detail(
                        entry(row),
                        Json.texts(row.getString("headers")),
                        new String(row.getBytes("shown"), StandardCharsets.UTF_8),
                        row.getInt("size")))
                .optional();
    }

    @Override
    public boolean replay(UUID id) {
        boolean found = store.replay(id);
        signal.raise();
        return found;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("brand"),
                row.getString("channel"),
                row.getString("topic"),
                row.getString("delivery_id"),
                State.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getInt("attempts"),
                Sql.instant(row, "received_at"),
                Sql.instantOrNull(row, "next_try_at"),
                Sql.instantOrNull(row, "done_at"));
    }

    private record Row(Entry entry, long seq) {}
}
