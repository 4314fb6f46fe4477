package dev.weir.routes.internal;

import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.CatalogueImport.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far has each shop's catalogue come, so that whoever carries on need not begin again? A run is carried on by one: who begins takes
 * over from whoever did before, and that one finds out with its next page. Thread-safe.
 */
final class CatalogueRuns {
    /** Of a shop that was read in part so long ago, the part says little. */
    private static final Duration STALE = Duration.ofDays(1);

    /** Longer than any page takes, waits for the platform's budget included. */
    private static final Duration ABANDONED = Duration.ofMinutes(35);

    private static final String BEGIN = """
            insert into catalogue_run as r (connection_id, direction, run, done, cursor, seen, taken, left_out, fresh,
              began_at, moved_at)
            values (:id, :direction, :run, false, null, 0, 0, 0, 0, :now, :now)
            on conflict (connection_id, direction) do update set run = excluded.run, done = false, ended_at = null,
              cursor = case when r.done or r.moved_at < :stale then null else r.cursor end,
              seen = case when r.done or r.moved_at < :stale or r.cursor is null then 0 else r.seen end,
              taken = case when r.done or r.moved_at < :stale or r.cursor is null then 0 else r.taken end,
              left_out = case when r.done or r.moved_at < :stale or r.cursor is null then 0 else r.left_out end,
              fresh = case when r.done or r.moved_at < :stale or r.cursor is null then 0 else r.fresh end,
              began_at = case when r.done or r.moved_at < :stale or r.cursor is null then excluded.began_at
                else r.began_at end,
              moved_at = excluded.moved_at
            returning coalesce(cursor, '')""";
    private static final String MOVED = """
            update catalogue_run set cursor = :cursor, seen = seen + :seen, taken = taken + :taken,
              left_out = left_out + :leftOut, fresh = fresh + :fresh, moved_at = :now, trouble = null""";
    private static final String MINE = " where connection_id = :id and direction = :direction and run = :run";

    private final JdbcClient jdbc;
    private final Clock clock;

    CatalogueRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A run that somebody carries on; {@code cursor} is what it goes on behind, null for the beginning. */
    record Run(
            UUID connectionId,
            Direction direction,
            UUID run,
            @Nullable String cursor) {}

    /** What a page was to a run; see {@link Progress}. */
    record Counts(int seen, int taken, int leftOut, int fresh) {
        static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /** Somebody else carries the run on: there is nothing left to do for this one. */
    static final class Superseded extends IllegalStateException {
        private static final long serialVersionUID = 1;

        private Superseded(Run run) {
            super("catalogue " + run.direction() + " of connection " + run.connectionId() + " is carried on elsewhere");
        }
    }

    /** Begins, or carries on what was cut short. */
    Run begin(UUID connectionId, Direction direction) {
        UUID run = UUID.randomUUID();
        Instant now = clock.instant();
        String cursor = jdbc.sql(BEGIN)
                .param("id", connectionId)
                .param("direction", direction.name())
                .param("run", run)
                .param("now", Sql.at(now))
                .param("stale", Sql.at(now.minus(STALE)))
                .query((row, n) -> row.getString(1))
                .single();
        return new Run(connectionId, direction, run, cursor.isEmpty() ? null : cursor);
    }

    /** The run from the beginning, because nobody knows its cursor any more. */
    Run again(Run run) {
        mine(
                run,
                "update catalogue_run set cursor = null, seen = 0, taken = 0, left_out = 0, fresh = 0, began_at = :now",
                Map.of("now", Sql.at(clock.instant())));
        return new Run(run.connectionId(), run.direction(), run.run(), null);
    }

    /** It got on to {@code cursor}; in the transaction that stores what it got on by. Throws {@link Superseded}. */
    void moved(Run run, @Nullable String cursor, Counts page) {
        JdbcClient.StatementSpec statement = jdbc.sql(MOVED + MINE)
                .param("cursor", cursor)
                .param("seen", page.seen())
                .param("taken", page.taken())
                .param("leftOut", page.leftOut())
                .param("fresh", page.fresh())
                .param("now", Sql.at(clock.instant()));
        require(run, statement);
    }

    /** It has seen everything. */
    void ended(Run run) {
        mine(
                run,
                "update catalogue_run set done = true, cursor = null, ended_at = :now, trouble = null",
                Map.of("now", Sql.at(clock.instant())));
    }

    /** It could not get on; nothing happens when somebody else carries it on already. */
    void failed(Run run, String reason) {
        jdbc.sql("update catalogue_run set trouble = :trouble" + MINE)
                .params(key(run))
                .param("trouble", Sql.cut(reason, 500))
                .update();
    }

    /** Throws {@link Superseded} when somebody else carries it on: to be asked before what cannot be taken back. */
    void check(Run run) {
        mine(run, "update catalogue_run set moved_at = :now", Map.of("now", Sql.at(clock.instant())));
    }

    List<Progress> progress(UUID connectionId) {
        return jdbc.sql("select * from catalogue_run where connection_id = :id order by direction")
                .param("id", connectionId)
                .query((row, n) -> progress(row))
                .list();
    }

    /** Whether a run is neither done nor carried on by anybody. */
    boolean isAbandoned(UUID connectionId) {
        Instant late = clock.instant().minus(ABANDONED);
        return progress(connectionId).stream()
                .anyMatch(run -> !run.isDone() && run.moved().isBefore(late));
    }

    private void mine(Run run, String change, Map<String, ?> values) {
        require(run, jdbc.sql(change + MINE).params(values));
    }

    private static void require(Run run, JdbcClient.StatementSpec statement) {
        if (statement.params(key(run)).update() == 0) {
            throw new Superseded(run);
        }
    }

    private static Map<String, Object> key(Run run) {
        return Map.of("id", run.connectionId(), "direction", run.direction().name(), "run", run.run());
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                Direction.valueOf(row.getString("direction")),
                row.getBoolean("done"),
                row.getLong("seen"),
                row.getLong("taken"),
                row.getLong("left_out"),
                row.getLong("fresh"),
                Sql.instant(row, "began_at"),
                Sql.instant(row, "moved_at"),
                Sql.instantOrNull(row, "ended_at"),
                row.getString("trouble"));
    }
}
