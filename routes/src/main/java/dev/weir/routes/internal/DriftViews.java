package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Heal;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Page;
import dev.weir.routes.Drifts.State;
import dev.weir.routes.Drifts.Sum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of differences is shown to people? */
final class DriftViews {
    private static final String ENTRY = """
            select d.*, h.before, h.after, h.healed_by, h.done_at, h.undone_by, h.undone_at
            from drift d left join drift_heal h on h.drift_id = d.id and h.state in ('DONE', 'UNDONE')
            """;
    private static final String SUM =
            "select kind, cause, state, count(*) as found, sum(worth) as worth, currency from drift where ";
    private static final String GROUPS =
            " group by kind, cause, state, currency order by found desc, kind, cause, state, currency limit 200";

    private final JdbcClient jdbc;

    DriftViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Entry find(UUID id) {
        return jdbc.sql(ENTRY + "where d.id = :id")
                .param("id", id)
                .query(DriftViews::entry)
                .single();
    }

    Page list(
            String brand,
            @Nullable UUID connectionId,
            @Nullable State state,
            @Nullable UUID runId,
            @Nullable String cursor,
            int limit) {
        List<Long> seqs = new ArrayList<>();
        List<Entry> entries = jdbc.sql(ENTRY + """
                        where d.brand = :brand and (cast(:connection as uuid) is null or d.connection_id = :connection)
                          and (cast(:run as uuid) is null or d.run_id = :run)
                          and d.state = any(:states) and d.seq < :before order by d.seq desc limit :most""")
                .param("brand", brand)
                .param("connection", connectionId, Types.OTHER)
                .param("run", runId, Types.OTHER)
                .param("states", states(state, runId))
                .param("before", before(cursor))
                .param("most", limit + 1)
                .query((row, n) -> {
                    seqs.add(row.getLong("seq"));
                    return entry(row, n);
                })
                .list();
        boolean hasMore = entries.size() > limit;
        return new Page(
                hasMore ? entries.subList(0, limit) : entries,
                hasMore ? seqs.get(limit - 1).toString() : null);
    }

    private static String[] states(@Nullable State state, @Nullable UUID runId) {
        if (state != null) {
            return new String[] {state.name()};
        }
        return runId == null
                ? new String[] {"OPEN", "ASKS", "REVERTED"}
                : new String[] {"OPEN", "ASKS", "REVERTED", "HEALED", "GONE"};
    }

    private static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("cursor: " + Sql.cut(cursor, 40) + " (expected: one of a page)");
        }
        return Long.parseLong(cursor);
    }

    List<Sum> alive(String brand) {
        return jdbc.sql(SUM + "brand = :brand and state in ('OPEN', 'ASKS', 'REVERTED')" + GROUPS)
                .param("brand", brand)
                .query(DriftViews::sum)
                .list();
    }

    List<Sum> sums(UUID run) {
        return jdbc.sql(SUM + "run_id = :run" + GROUPS)
                .param("run", run)
                .query(DriftViews::sum)
                .list();
    }

    private static Sum sum(ResultSet row, int number) throws SQLException {
        return new Sum(
                Kind.valueOf(row.getString("kind")),
                Cause.valueOf(row.getString("cause")),
                State.valueOf(row.getString("state")),
                row.getLong("found"),
                worth(row));
    }

    private static Entry entry(ResultSet row, int number) throws SQLException {
        String by = row.getString("healed_by");
        return new Entry(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("expected"),
                row.getString("seen"),
                Cause.valueOf(row.getString("cause")),
                row.getString("words"),
                worth(row),
                Sql.instant(row, "since"),
                Sql.instant(row, "last_seen"),
                row.getInt("times"),
                State.valueOf(row.getString("state")),
                row.getObject("run_id", UUID.class),
                by == null
                        ? null
                        : new Heal(
                                row.getInt("before"),
                                row.getInt("after"),
                                by,
                                Sql.instant(row, "done_at"),
                                row.getString("undone_by"),
                                Sql.instantOrNull(row, "undone_at")));
    }

    private static @Nullable Money worth(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return currency == null ? null : Money.ofMinor(row.getLong("worth"), currency);
    }
}
