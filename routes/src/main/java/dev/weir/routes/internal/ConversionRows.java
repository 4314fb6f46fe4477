package dev.weir.routes.internal;

import dev.weir.routes.ConversionLog.Entry;
import dev.weir.routes.ConversionLog.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which purchases does a platform still have to be told of? The table {@code conversion}; a claim is a lease. */
final class ConversionRows {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final Clock clock;

    ConversionRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A repeat changes nothing. */
    void add(String brand, UUID orderId, UUID connectionId) {
        jdbc.sql("""
                        insert into conversion (order_id, connection_id, brand, state, next_try_at, created_at)
                        values (:order, :connection, :brand, 'DUE', :now, :now) on conflict do nothing""")
                .param("order", orderId)
                .param("connection", connectionId)
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .update();
    }

    List<String> dueBrands() {
        return jdbc.sql("""
                        select distinct brand from conversion
                        where state in ('DUE', 'PARKED') and next_try_at <= :now""")
                .param("now", Sql.at(clock.instant()))
                .query(String.class)
                .list();
    }

    /** Takes one due purchase of the brand for {@link #LEASE}; a hub that dies gives it up by that. */
    Optional<Claim> claim(String brand) {
        return jdbc.sql("""
                        update conversion set next_try_at = :lease, attempts = attempts + 1
                        where (order_id, connection_id) = (
                            select order_id, connection_id from conversion
                            where brand = :brand and state in ('DUE', 'PARKED') and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning order_id, connection_id, attempts""")
                .param("lease", Sql.at(clock.instant().plus(LEASE)))
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .query((row, n) -> new Claim(
                        row.getObject("order_id", UUID.class),
                        row.getObject("connection_id", UUID.class),
                        row.getInt("attempts")))
                .optional();
    }

    /** Not told: {@code again} null means not by itself. */
    void put(Claim claim, State state, @Nullable Duration again, String reason) {
        jdbc.sql("""
                        update conversion set state = :state, next_try_at = :next, reason = :reason
                        where order_id = :order and connection_id = :connection and state in ('DUE', 'PARKED')""")
                .param("state", state.name())
                .param("next", Sql.orNull(again == null ? null : clock.instant().plus(again)))
                .param("reason", Sql.cut(reason, 500))
                .param("order", claim.orderId())
                .param("connection", claim.connectionId())
                .update();
    }

    void end(Claim claim, State state, @Nullable String reason) {
        jdbc.sql("""
                        update conversion set state = :state, next_try_at = null, reason = :reason, done_at = :now
                        where order_id = :order and connection_id = :connection and state in ('DUE', 'PARKED')""")
                .param("state", state.name())
                .param("reason", reason)
                .param("now", Sql.at(clock.instant()))
                .param("order", claim.orderId())
                .param("connection", claim.connectionId())
                .update();
    }

    List<Entry> newest(String brand, @Nullable State state, int limit) {
        return jdbc.sql("""
                        select * from conversion
                        where brand = :brand and (cast(:state as text) is null or state = :state)
                        order by created_at desc, order_id limit :limit""")
                .param("brand", brand)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .query(ConversionRows::entry)
                .list();
    }

    boolean again(String brand, UUID orderId, UUID connectionId) {
        return jdbc.sql("""
                        update conversion set state = 'DUE', next_try_at = :now
                        where brand = :brand and order_id = :order and connection_id = :connection
                          and state = 'PARKED'""")
                        .param("now", Sql.at(clock.instant()))
                        .param("brand", brand)
                        .param("order", orderId)
                        .param("connection", connectionId)
                        .update()
                == 1;
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getObject("order_id", UUID.class),
                row.getObject("connection_id", UUID.class),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                row.getString("reason"),
                Sql.instant(row, "created_at"),
                Sql.instantOrNull(row, "next_try_at"),
                Sql.instantOrNull(row, "done_at"));
    }

    /** One purchase to tell one platform of, and which attempt this is. */
    record Claim(UUID orderId, UUID connectionId, int attempt) {}
}
