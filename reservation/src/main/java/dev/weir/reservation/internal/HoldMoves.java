package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which moves between the states of a hold are legal? Each is one predicate on the row, so of two that race one wins.
 *
 * <p>A transaction locks holds before stock; nobody who has stock locked waits for a hold.
 */
final class HoldMoves {
    /** Most holds that one transaction expires for a grant; more than any batch can need. */
    static final int MOST_DUE = 2_000;

    private static final String LIVE = " state in ('HELD', 'PAYING')";
    private static final String DUE_OF_SKUS = "select h.id, h.brand from hold h where h.brand = ? and h." + LIVE.strip()
            + " and h.expires_at <= ? and exists (select 1 from hold_line l where l.hold_id = h.id and l.sku = any(?))"
            + " order by h.expires_at, h.id limit " + MOST_DUE + " for update of h";
    private static final String DUE_OF_ALL = "select id, brand from hold where" + LIVE
            + " and expires_at <= ? order by expires_at, id limit ? for update skip locked";
    private static final String EXPIRE =
            "update hold set state = 'EXPIRED', ended_at = ? where id = any(?::uuid[]) and" + LIVE;
    private static final String COMMIT =
            "update hold set state = 'COMMITTED', ended_at = ? where id = ? and" + LIVE + " and expires_at > ?";
    private static final String PAY =
            "update hold set state = 'PAYING', expires_at = ? where id = ? and state = 'HELD' and expires_at > ?";
    private static final String END = "update hold set state = case when expires_at > ? then 'RELEASED' else 'EXPIRED'"
            + " end, ended_at = ? where id = ? and" + LIVE + " returning state";

    private final JdbcTemplate jdbc;

    HoldMoves(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A hold that is due, locked. */
    record Due(UUID id, String brand) {}

    /** Locks the holds of any of {@code skus} whose time is over. */
    List<UUID> lockDue(String brand, Collection<Sku> skus, Instant now) {
        return jdbc.query(DUE_OF_SKUS, (rs, n) -> rs.getObject("id", UUID.class), brand, Sql.at(now), Sql.skus(skus));
    }

    /** Locks up to {@code limit} holds of all brands whose time is over and that nobody else is working on. */
    List<Due> lockDue(Instant now, int limit) {
        return jdbc.query(
                DUE_OF_ALL,
                (rs, n) -> new Due(rs.getObject("id", UUID.class), rs.getString("brand")),
                Sql.at(now),
                limit);
    }

    /** HELD or PAYING to EXPIRED, for holds that this transaction has locked as due. */
    void expire(Collection<UUID> locked, Instant now) {
        jdbc.update(EXPIRE, Sql.at(now), Sql.ids(locked));
    }

    /** HELD or PAYING, in time, to COMMITTED. */
    boolean commit(UUID id, Instant now) {
        return jdbc.update(COMMIT, Sql.at(now), id, Sql.at(now)) == 1;
    }

    /** HELD, in time, to PAYING until {@code until}. */
    boolean pay(UUID id, Instant now, Instant until) {
        return jdbc.update(PAY, Sql.at(until), id, Sql.at(now)) == 1;
    }

    /** HELD or PAYING to RELEASED, or to EXPIRED when it is past its time; empty when it was neither. */
    Optional<Hold.State> end(UUID id, Instant now) {
        return jdbc
                .query(END, (rs, n) -> Hold.State.valueOf(rs.getString("state")), Sql.at(now), Sql.at(now), id)
                .stream()
                .findFirst();
    }
}
