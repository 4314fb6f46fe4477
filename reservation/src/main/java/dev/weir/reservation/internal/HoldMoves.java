package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Which moves between the states of a hold are legal? Each is one predicate on the row, so of two that race one wins.
 *
 * <p>A transaction locks holds before stock; nobody who has stock locked waits for a hold.
 */
final class HoldMoves {
    /** Most holds that one transaction expires for a grant; more than any batch can need. */
    static final int MOST_DUE = 2_000;

    private static final String LIVE = " state in ('HELD', 'PAYING')";
    private static final String DUE_OF_SKUS =
            "select h.id, h.brand, h.skus, h.units from hold h where h.brand = ? and h." + LIVE.strip()
                    + " and h.expires_at <= coalesce(?, clock_timestamp()) and h.skus && ?::text[]"
                    + " order by h.expires_at, h.id limit " + MOST_DUE + " for update of h";
    private static final String DUE_OF_ALL = "select id, brand, skus, units from hold where" + LIVE
            + " and expires_at <= coalesce(?, clock_timestamp()) order by expires_at, id limit ? for update skip locked";
    private static final String NEXT_DUE =
            "select ceil(extract(epoch from expires_at - coalesce(?, clock_timestamp())) * 1000)"
                    + "::bigint as millis from hold where" + LIVE + " order by expires_at limit 1";
    private static final String EXPIRE =
            "update hold set state = 'EXPIRED', ended_at = greatest(?, expires_at) where id = any(?::uuid[]) and"
                    + LIVE;

    /** One look at the clock, so that what is kept is the moment that was decided by. */
    private static final String DECIDED =
            "with decided as materialized (select coalesce(?::timestamptz, clock_timestamp()) as at) ";

    private static final String COMMIT = DECIDED + "update hold set state = 'COMMITTED', ended_at = decided.at"
            + " from decided where id = ? and" + LIVE + " and expires_at > decided.at";
    private static final String PAY = "update hold set state = 'PAYING', expires_at = ?, paying_at = ? where id = ?"
            + " and state = 'HELD'"
            + " and expires_at > coalesce(?, clock_timestamp())";
    private static final String END = DECIDED + "update hold set state = case when expires_at > decided.at"
            + " then 'RELEASED' else 'EXPIRED' end, ended_at = decided.at from decided where id in"
            + " (select id from hold where id = any(?::uuid[]) and" + LIVE + " order by id for update)"
            + " returning id, state, skus, units";

    private final JdbcTemplate jdbc;
    private final boolean serverTime;

    /**
     * Moves in that database.
     *
     * @param serverTime true: whether a hold is over is decided by the database's clock when the statement runs, so a hub that
     *     slept between looking at its clock and asking moves nothing; false: by the time that the caller gives
     */
    HoldMoves(JdbcTemplate jdbc, boolean serverTime) {
        this.jdbc = jdbc;
        this.serverTime = serverTime;
    }

    private SqlParameterValue deciding(Instant now) {
        return new SqlParameterValue(Types.TIMESTAMP_WITH_TIMEZONE, serverTime ? null : Sql.at(now));
    }

    /** A hold that is due, locked, and what comes back with it. */
    record Due(UUID id, String brand, NavigableMap<Sku, Integer> units) {}

    /** A hold that was ended now: RELEASED, or EXPIRED when past its time. */
    record Ended(UUID id, Hold.State state, NavigableMap<Sku, Integer> units) {}

    /** Locks the holds of any of {@code skus} whose time is over. */
    void lockDue(Journey journey, String brand, Collection<Sku> skus, Instant now, Consumer<Due> due) {
        journey.ask(DUE_OF_SKUS, row -> due.accept(due(row)), brand, deciding(now), Sql.skus(skus));
    }

    /** Locks up to {@code limit} holds of all brands whose time is over and that nobody else is working on. */
    List<Due> lockDue(Instant now, int limit) {
        return jdbc.query(DUE_OF_ALL, (rs, n) -> due(rs), deciding(now), limit);
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(row.getObject("id", UUID.class), row.getString("brand"), Sql.units(row));
    }

    /** How long until the time of the next hold of all brands is over; zero or less when it is, {@code most} at most. */
    Duration untilNextDue(Instant now, Duration most) {
        return jdbc.query(NEXT_DUE, (rs, n) -> Duration.ofMillis(rs.getLong("millis")), deciding(now)).stream()
                .filter(next -> next.compareTo(most) < 0)
                .findFirst()
                .orElse(most);
    }

    /** HELD or PAYING to EXPIRED, for holds that this transaction has locked as due. */
    void expire(Journey journey, Collection<UUID> locked, Instant now) {
        journey.change(EXPIRE, count -> {}, Sql.at(now), Sql.ids(locked));
    }

    /** HELD or PAYING, in time, to COMMITTED. */
    boolean commit(UUID id, Instant now) {
        return jdbc.update(COMMIT, deciding(now), id) == 1;
    }

    /** HELD, in time, to PAYING until {@code until}. */
    boolean pay(UUID id, Instant now, Instant until) {
        return jdbc.update(PAY, Sql.at(until), Sql.at(now), id, deciding(now)) == 1;
    }

    /** HELD or PAYING to RELEASED, or to EXPIRED when past their time; says nothing of those that were neither. */
    void end(Journey journey, Collection<UUID> ids, Instant now, Consumer<Ended> ended) {
        journey.ask(
                END,
                row -> ended.accept(new Ended(
                        row.getObject("id", UUID.class), Hold.State.valueOf(row.getString("state")), Sql.units(row))),
                deciding(now),
                Sql.ids(ids));
    }
}
