package dev.weir.routes.internal;

import dev.weir.routes.WebhookLog;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How is the inbox shown to ops? A page runs down {@code seq}, so rows that arrive meanwhile do not shift it. */
public final class JdbcWebhookLog implements WebhookLog {
    private static final int MOST = 200;
    private static final int SEARCHED = 5_000;
    /** Of {@link #entry}, and the row's place. */
    static final String COLUMNS = """
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
    public Page list(String brand, @Nullable State state, @Nullable String text, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        if (text != null && (text.isEmpty() || text.length() > LONGEST_TEXT)) {
            throw new IllegalArgumentException(
                    "text: " + text.length() + " characters (expected: 1.." + LONGEST_TEXT + ")");
        }
        long before = before(cursor);
        OptionalLong oldest = text == null ? OptionalLong.of(0) : searched(brand, state, before);
        List<Row> rows = oldest.isEmpty()
                ? List.of()
                : jdbc.sql(COLUMNS + """
                         from inbox
                        where brand = :brand and seq < :before and seq >= :oldest
                          and (cast(:state as text) is null or state = :state)
                          and (cast(:text as text) is null or position(convert_to(:text, 'UTF8') in substring(body for :shown)) > 0
                               or position(lower(:text) in
                                           lower(concat_ws(' ', topic, reason, delivery_id, aggregate_key))) > 0)
                        order by seq desc limit :limit""")
                        .param("brand", brand)
                        .param("before", before)
                        .param("oldest", oldest.getAsLong())
                        .param("state", state == null ? null : state.name())
                        .param("text", text)
                        .param("shown", SHOWN)
                        .param("limit", limit + 1)
                        .query((row, n) -> new Row(entry(row), row.getLong("seq")))
                        .list();
        List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
        List<Entry> items = shown.stream().map(Row::entry).toList();
        if (rows.size() > limit) {
            return new Page(items, Long.toString(shown.getLast().seq()));
        }
        boolean isMore = text != null && oldest.isPresent() && oldest.getAsLong() > 0;
        return new Page(items, isMore ? Long.toString(oldest.getAsLong()) : null);
    }

    /** Down to where one page searches; 0 when that is the end, empty when nothing is left. */
    private OptionalLong searched(String brand, @Nullable State state, long before) {
        Reach reach = jdbc.sql("""
                        select count(*), coalesce(min(seq), 0) from (
                            select seq from inbox
                            where brand = :brand and seq < :before and (cast(:state as text) is null or state = :state)
                            order by seq desc limit :most) searched""")
                .param("brand", brand)
                .param("before", before)
                .param("state", state == null ? null : state.name())
                .param("most", SEARCHED)
                .query((row, n) -> new Reach(row.getInt(1), row.getLong(2)))
                .single();
        if (reach.rows() == 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(reach.rows() < SEARCHED ? 0 : reach.oldest());
    }

    private record Reach(int rows, long oldest) {}

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

    static Entry entry(ResultSet row) throws SQLException {
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
