package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.Drifts;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Phase;
import dev.weir.routes.Drifts.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far has each comparison come? The table {@code drift_run}; at most one of a connection is under way. */
final class DriftRuns {
    private static final Duration LISTINGS_EVERY = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final Clock clock;

    DriftRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One run as one turn has it.
     *
     * @param after how far the phase has come: a SKU or a cursor; empty at its beginning
     * @param isListing whether listings are compared
     */
    record Run(
            UUID id,
            Mode mode,
            boolean forced,
            boolean isListing,
            String by,
            Phase phase,
            String after,
            int turn,
            Instant beganAt) {}

    /** Another turn carries on. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded(UUID run) {
            super("run " + run + " is carried on elsewhere");
        }
    }

    /** Notes what is asked for, unless something is under way. */
    void ask(Connection connection, Ask ask) {
        jdbc.sql("""
                        insert into drift_run (id, brand, connection_id, mode, forced, listings, asked_by, asked_at, state, phase)
                        values (:id, :brand, :connection, :mode, :forced, :listings, :by, :now, 'WAITING', 'STOCK')
                        on conflict (connection_id) where state in ('WAITING', 'RUNNING') do nothing""")
                .param("id", UUID.randomUUID())
                .param("brand", connection.brand())
                .param("connection", connection.id())
                .param("mode", ask.mode().name())
                .param("forced", ask.force())
                .param("listings", ask.listings())
                .param("by", ask.by())
                .param("now", Sql.at(clock.instant()))
                .update();
    }

    /** Takes up what was asked for or left, or begins {@code mode} by schedule. */
    Run begin(Connection connection, Mode mode) {
        return taken(connection).orElseGet(() -> {
            ask(connection, new Ask(mode, false, isListingDue(connection), "schedule"));
            return taken(connection)
                    .orElseThrow(() -> new IllegalStateException("a run of " + connection + " ended meanwhile"));
        });
    }

    private Optional<Run> taken(Connection connection) {
        return jdbc.sql("""
                        update drift_run set state = 'RUNNING', turn = turn + 1, began_at = coalesce(began_at, :now), moved_at = :now
                        where connection_id = :id and state in ('WAITING', 'RUNNING') returning *""")
                .param("now", Sql.at(clock.instant()))
                .param("id", connection.id())
                .query((row, n) -> new Run(
                        row.getObject("id", UUID.class),
                        Mode.valueOf(row.getString("mode")),
                        row.getBoolean("forced"),
                        row.getBoolean("listings"),
                        row.getString("asked_by"),
                        Phase.valueOf(row.getString("phase")),
                        row.getString("after"),
                        row.getInt("turn"),
                        Sql.instant(row, "began_at")))
                .optional();
    }

    private boolean isListingDue(Connection connection) {
        return !jdbc.sql(
                        "select exists (select 1 from drift_run where connection_id = :id and listings and asked_at > :from)")
                .param("id", connection.id())
                .param("from", Sql.at(clock.instant().minus(LISTINGS_EVERY)))
                .query(Boolean.class)
                .single();
    }

    /** The phase has come to {@code after}; counts are added. */
    Run moved(Run run, String after, Counts counts) {
        return set(run, run.phase(), after, counts);
    }

    /** The next phase begins. */
    Run next(Run run, Phase phase) {
        return set(run, phase, "", Counts.NONE);
    }

    private Run set(Run run, Phase phase, String after, Counts counts) {
        int moved = jdbc.sql("""
                        update drift_run set phase = :phase, after = :after, moved_at = :now, trouble = null, skus = skus + :skus,
                          orders = orders + :orders, shown = shown + :shown, found = found + :found, gone = gone + :gone
                        where id = :id and turn = :turn and state = 'RUNNING'""")
                .param("phase", phase.name())
                .param("after", after)
                .param("now", Sql.at(clock.instant()))
                .param("skus", counts.skus())
                .param("orders", counts.orders())
                .param("shown", counts.listings())
                .param("found", counts.found())
                .param("gone", counts.gone())
                .param("id", run.id())
                .param("turn", run.turn())
                .update();
        if (moved == 0) {
            throw new Superseded(run.id());
        }
        return new Run(
                run.id(), run.mode(), run.forced(), run.isListing(), run.by(), phase, after, run.turn(), run.beganAt());
    }

    /** Heals are not made without a person, because of this. */
    void heldBack(Run run, String why) {
        jdbc.sql("update drift_run set held_back = :why where id = :id")
                .param("why", why)
                .param("id", run.id())
                .update();
    }

    long skus(Run run) {
        return jdbc.sql("select skus from drift_run where id = :id")
                .param("id", run.id())
                .query(Long.class)
                .single();
    }

    void done(Run run) {
        end(run, RunState.DONE, null);
    }

    /** It is tried again, unless {@code isOver}. */
    void failed(Run run, String trouble, boolean isOver) {
        if (isOver) {
            end(run, RunState.FAILED, trouble);
        } else {
            jdbc.sql("update drift_run set trouble = :trouble where id = :id and turn = :turn")
                    .param("trouble", Sql.cut(trouble, 500))
                    .param("id", run.id())
                    .param("turn", run.turn())
                    .update();
        }
    }

    private void end(Run run, RunState state, @Nullable String trouble) {
        jdbc.sql(
                        "update drift_run set state = :state, ended_at = :now, trouble = :trouble where id = :id and turn = :turn")
                .param("state", state.name())
                .param("now", Sql.at(clock.instant()))
                .param("trouble", trouble == null ? null : Sql.cut(trouble, 500), Types.VARCHAR)
                .param("id", run.id())
                .param("turn", run.turn())
                .update();
    }

    /** The one of the connection that is not through. */
    Optional<Drifts.Run> alive(UUID connectionId) {
        return jdbc.sql("select * from drift_run where connection_id = :id and state in ('WAITING', 'RUNNING')")
                .param("id", connectionId)
                .query(DriftRuns::view)
                .optional();
    }

    Optional<Drifts.Run> find(String brand, UUID id) {
        return jdbc.sql("select * from drift_run where brand = :brand and id = :id")
                .param("brand", brand)
                .param("id", id)
                .query(DriftRuns::view)
                .optional();
    }

    List<Drifts.Run> list(String brand, int limit) {
        return jdbc.sql("select * from drift_run where brand = :brand order by seq desc limit :limit")
                .param("brand", brand)
                .param("limit", limit)
                .query(DriftRuns::view)
                .list();
    }

    private static Drifts.Run view(ResultSet row, int number) throws SQLException {
        return new Drifts.Run(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                Mode.valueOf(row.getString("mode")),
                row.getBoolean("forced"),
                row.getString("asked_by"),
                RunState.valueOf(row.getString("state")),
                Phase.valueOf(row.getString("phase")),
                Sql.instant(row, "asked_at"),
                Sql.instantOrNull(row, "began_at"),
                Sql.instantOrNull(row, "ended_at"),
                row.getLong("skus"),
                row.getLong("orders"),
                row.getLong("shown"),
                row.getLong("found"),
                row.getLong("gone"),
                row.getString("held_back"),
                row.getString("trouble"));
    }

    /** What one page brought. */
    record Counts(long skus, long orders, long listings, long found, long gone) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);
    }
}
