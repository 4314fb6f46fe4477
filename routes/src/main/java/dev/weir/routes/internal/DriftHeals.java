package dev.weir.routes.internal;

import dev.weir.routes.Drifts.State;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What was written over what? The table {@code drift_heal}: one row for a difference, however often its heal is asked for. */
final class DriftHeals {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DriftRows rows;
    private final Clock clock;

    DriftHeals(JdbcClient jdbc, TransactionTemplate transaction, DriftRows rows, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.rows = rows;
        this.clock = clock;
    }

    /** A heal that was carried out and not taken back, or one whose answer is not known. */
    record Standing(int before, int after, boolean isDone, boolean isUndone) {}

    Optional<Standing> of(UUID drift) {
        return jdbc.sql("select before, after, state from drift_heal where drift_id = :id")
                .param("id", drift)
                .query((row, n) -> new Standing(
                        row.getInt("before"),
                        row.getInt("after"),
                        row.getString("state").equals("DONE"),
                        row.getString("state").equals("UNDONE")))
                .optional();
    }

    /** Before the shop is told. */
    void due(UUID drift, int before, int after, String by) {
        jdbc.sql("""
                        insert into drift_heal (drift_id, before, after, state, healed_by, at)
                        values (:id, :before, :after, 'DUE', :by, :now)
                        on conflict (drift_id) do update set before = excluded.before, after = excluded.after, state = 'DUE',
                          reason = null, healed_by = excluded.healed_by, at = excluded.at, done_at = null, undone_by = null,
                          undone_at = null""")
                .param("id", drift)
                .param("before", before)
                .param("after", after)
                .param("by", by)
                .param("now", Sql.at(clock.instant()))
                .update();
    }

    /** The shop shows our number: by our heal where one was under way, else by itself. */
    void done(UUID drift) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update drift_heal set state = 'DONE', done_at = :now where drift_id = :id and state = 'DUE'")
                    .param("now", Sql.at(clock.instant()))
                    .param("id", drift)
                    .update();
            rows.end(List.of(drift), State.HEALED);
        });
    }

    void refused(UUID drift, String reason) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update drift_heal set state = 'REFUSED', reason = :reason where drift_id = :id and state = 'DUE'")
                    .param("reason", Sql.cut(reason, 500))
                    .param("id", drift)
                    .update();
            rows.asks(drift, "The heal was refused: " + reason);
        });
    }

    /** The shop changed before we wrote: nothing was. */
    void moved(UUID drift) {
        jdbc.sql("delete from drift_heal where drift_id = :id and state = 'DUE'")
                .param("id", drift)
                .update();
    }

    /** The shop shows again what the heal wrote over. */
    void undone(UUID drift, String by) {
        transaction.executeWithoutResult(status -> {
            int now = jdbc.sql("""
                            update drift_heal set state = 'UNDONE', undone_by = :by, undone_at = :now
                            where drift_id = :id and state = 'DONE'""")
                    .param("by", by)
                    .param("now", Sql.at(clock.instant()))
                    .param("id", drift)
                    .update();
            if (now == 1) {
                // What was found since then has come right: the shop showed our number a moment ago.
                jdbc.sql("""
                                update drift d set state = 'GONE', ended_at = :now from drift one
                                where one.id = :id and d.connection_id = one.connection_id and d.kind = one.kind
                                  and d.subject = one.subject and d.state in ('OPEN', 'ASKS', 'REVERTED')""")
                        .param("now", Sql.at(clock.instant()))
                        .param("id", drift)
                        .update();
                jdbc.sql("update drift set state = 'REVERTED', ended_at = null where id = :id")
                        .param("id", drift)
                        .update();
            }
        });
    }
}
