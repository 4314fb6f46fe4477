package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.ConnectionChores.Kind;
import dev.weir.routes.ConnectionChores.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which chore of which connection is due? The table {@code connection_chore}; a claim is a lease. */
final class ChoreRows {
    /** Longer than a run may take; a hub that dies gives its chores up by that. */
    static final Duration LEASE = Duration.ofMinutes(10);

    /** How far before a connection's beginning its first run reads: clocks differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Clock clock;

    ChoreRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void prepare(Connection connection, Chore chore) {
        Instant now = clock.instant();
        jdbc.sql("""
                        insert into connection_chore (connection_id, kind, mark, next_try_at)
                        values (:id, :kind, :mark, :next) on conflict do nothing""")
                .param("id", connection.id())
                .param("kind", chore.kind().name())
                .param("mark", Sql.at(now.minus(OVERLAP)))
                .param("next", Sql.at(now.plus(chore.first())))
                .update();
    }

    /** Takes up to {@code most} due chores of these connections, 1 or more, for {@link #LEASE}. */
    List<Claim> claim(Collection<UUID> connections, int most) {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update connection_chore c set busy_until = :lease, next_try_at = :lease, attempts = attempts + 1
                        from (select connection_id, kind from connection_chore
                              where next_try_at <= :now and (busy_until is null or busy_until <= :now)
                                and connection_id in (:connections)
                              order by next_try_at limit :most for update skip locked) due
                        where c.connection_id = due.connection_id and c.kind = due.kind
                        returning c.connection_id, c.kind, c.mark, c.attempts""")
                .param("lease", Sql.at(now.plus(LEASE)))
                .param("now", Sql.at(now))
                .param("connections", connections)
                .param("most", most)
                .query((row, n) -> new Claim(
                        row.getObject("connection_id", UUID.class),
                        Kind.valueOf(row.getString("kind")),
                        Sql.instant(row, "mark"),
                        row.getInt("attempts")))
                .list();
    }

    /** It went well. What was asked for during the run ({@link #soon}) stays due. */
    void done(Claim claim, Chore.Done done, Duration every) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update connection_chore set busy_until = null, attempts = 0, done_at = :now, found = :found,
                          error = null, error_at = null, mark = greatest(mark, :mark),
                          next_try_at = case when next_try_at < busy_until then next_try_at else :next end
                        where connection_id = :id and kind = :kind""")
                .param("now", Sql.at(now))
                .param("found", Sql.cut(done.found(), 1_000))
                .param("mark", Sql.at(done.mark()))
                .param("next", Sql.at(now.plus(every)))
                .param("id", claim.connectionId())
                .param("kind", claim.kind().name())
                .update();
    }

    void failed(Claim claim, Duration after, String error) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update connection_chore set busy_until = null, error = :error, error_at = :now,
                          next_try_at = :next where connection_id = :id and kind = :kind""")
                .param("error", Sql.cut(error, 500))
                .param("now", Sql.at(now))
                .param("next", Sql.at(now.plus(after)))
                .param("id", claim.connectionId())
                .param("kind", claim.kind().name())
                .update();
    }

    /** Is due by {@code after} from now; joins the caller's transaction. False when the connection has no such chore. */
    boolean soon(UUID connectionId, Kind kind, Duration after) {
        return jdbc.sql("update connection_chore set next_try_at = least(next_try_at, :at)"
                                + " where connection_id = :id and kind = :kind")
                        .param("at", Sql.at(clock.instant().plus(after)))
                        .param("id", connectionId)
                        .param("kind", kind.name())
                        .update()
                == 1;
    }

    List<Standing> of(UUID connectionId) {
        return jdbc.sql(
                        "select kind, done_at, found, error, next_try_at from connection_chore where connection_id = :id")
                .param("id", connectionId)
                .query((row, n) -> new Standing(
                        Kind.valueOf(row.getString("kind")),
                        Sql.instantOrNull(row, "done_at"),
                        row.getString("found"),
                        row.getString("error"),
                        Sql.instant(row, "next_try_at")))
                .list();
    }

    /** One chore to do, from {@code mark} on, and which try this is. */
    record Claim(UUID connectionId, Kind kind, Instant mark, int attempt) {}
}
