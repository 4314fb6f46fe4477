package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.routes.ChannelErrands.Errand;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.ChannelErrands.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is still to be told to which shop? The table {@code channel_errand}; a claim is a lease. */
final class ErrandRows {
    static final Duration LEASE = Duration.ofMinutes(2);
    private static final int MOST_OF_ORDER = 200;

    private final JdbcClient jdbc;
    private final Clock clock;

    ErrandRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Notes an errand in the caller's transaction. A repeat changes nothing unless the shop had refused it, or the errand is
     * {@code renewed}: then it is done once more, after a try that is under way.
     */
    void add(Kind kind, UUID connectionId, String key, String brand, @Nullable UUID orderId, boolean renewed) {
        add(kind, connectionId, key, brand, orderId, renewed, "{}");
    }

    /** As above, with {@code payload} as JSON; that of the first time stands. */
    void add(
            Kind kind,
            UUID connectionId,
            String key,
            String brand,
            @Nullable UUID orderId,
            boolean renewed,
            String payload) {
        jdbc.sql("""
                        insert into channel_errand as e (kind, connection_id, key, brand, order_id, payload, state,
                          next_try_at, created_at)
                        values (:kind, :connection, :key, :brand, :order, cast(:payload as jsonb), 'DUE', :now, :now)
                        on conflict (kind, connection_id, key) do update set state = 'DUE', attempts = 0,
                          version = e.version + 1, done_at = null, next_try_at = greatest(e.next_try_at, :now)
                        where :renewed or e.state = 'REFUSED'""")
                .param("kind", kind.name())
                .param("connection", connectionId)
                .param("key", key)
                .param("brand", brand)
                .param("order", orderId)
                .param("renewed", renewed)
                .param("payload", payload)
                .param("now", Sql.at(clock.instant()))
                .update();
    }

    /** Which shops have something due, and of which kind. */
    List<Lane> due() {
        return jdbc.sql("select distinct kind, connection_id from channel_errand"
                        + " where state = 'DUE' and next_try_at <= :now")
                .param("now", Sql.at(clock.instant()))
                .query((row, n) ->
                        new Lane(Kind.valueOf(row.getString("kind")), row.getObject("connection_id", UUID.class)))
                .list();
    }

    /** Takes up to {@code most} due errands for {@link #LEASE}, the longest due first. */
    List<Claim> claim(Lane lane, int most) {
        return jdbc.sql("""
                        update channel_errand set next_try_at = :lease, attempts = attempts + 1
                        where kind = :kind and connection_id = :connection and key in (
                            select key from channel_errand
                            where kind = :kind and connection_id = :connection and state = 'DUE' and next_try_at <= :now
                            order by next_try_at, created_at limit :most for update skip locked)
                        returning key, brand, order_id, payload::text as payload, version, attempts""")
                .param("lease", Sql.at(clock.instant().plus(LEASE)))
                .param("kind", lane.kind().name())
                .param("connection", lane.connectionId())
                .param("now", Sql.at(clock.instant()))
                .param("most", most)
                .query((row, n) -> new Claim(
                        lane,
                        row.getString("key"),
                        row.getString("brand"),
                        row.getObject("order_id", UUID.class),
                        row.getString("payload"),
                        row.getLong("version"),
                        row.getInt("attempts")))
                .list();
    }

    /** Ends the errand, or leaves it due at once when it was asked for anew meanwhile. */
    void end(Claim claim, State state, @Nullable String externalId, @Nullable String error) {
        jdbc.sql("""
                        update channel_errand set state = case when version = :version then :state else 'DUE' end,
                          done_at = case when version = :version then cast(:now as timestamptz) end,
                          next_try_at = :now, external_id = coalesce(:external, external_id), last_error = :error
                        where kind = :kind and connection_id = :connection and key = :key and state = 'DUE'""")
                .param("version", claim.version())
                .param("state", state.name())
                .param("now", Sql.at(clock.instant()))
                .param("external", externalId)
                .param("error", error == null ? null : Sql.cut(error, 500))
                .param("kind", claim.lane().kind().name())
                .param("connection", claim.lane().connectionId())
                .param("key", claim.key())
                .update();
    }

    void tryLater(Claim claim, Duration after, String error) {
        jdbc.sql("update channel_errand set next_try_at = :next, last_error = :error"
                        + " where kind = :kind and connection_id = :connection and key = :key and state = 'DUE'")
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("error", Sql.cut(error, 500))
                .param("kind", claim.lane().kind().name())
                .param("connection", claim.lane().connectionId())
                .param("key", claim.key())
                .update();
    }

    /** Whether the shop gave this id to something that we told it. */
    boolean gave(Kind kind, UUID connectionId, String externalId) {
        return jdbc.sql("select exists (select 1 from channel_errand where kind = :kind"
                        + " and connection_id = :connection and external_id = :external)")
                .param("kind", kind.name())
                .param("connection", connectionId)
                .param("external", externalId)
                .query(Boolean.class)
                .single();
    }

    /** Whether it was ever asked for. */
    boolean has(Kind kind, UUID connectionId, String key) {
        return jdbc.sql("select exists (select 1 from channel_errand where kind = :kind"
                        + " and connection_id = :connection and key = :key)")
                .param("kind", kind.name())
                .param("connection", connectionId)
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    boolean retry(String brand, Kind kind, UUID connectionId, String key) {
        return jdbc.sql("""
                        update channel_errand set state = 'DUE', attempts = 0, version = version + 1, done_at = null,
                          next_try_at = :now
                        where brand = :brand and kind = :kind and connection_id = :connection and key = :key
                          and state = 'REFUSED'""")
                        .param("now", Sql.at(clock.instant()))
                        .param("brand", brand)
                        .param("kind", kind.name())
                        .param("connection", connectionId)
                        .param("key", key)
                        .update()
                == 1;
    }

    /** Refused errands about the order, whose key begins so, are tried once more. */
    void lookAgain(Kind kind, UUID orderId, String prefix) {
        jdbc.sql("""
                        update channel_errand set state = 'DUE', attempts = 0, version = version + 1, done_at = null,
                          next_try_at = :now
                        where order_id = :order and kind = :kind and state = 'REFUSED' and starts_with(key, :prefix)""")
                .param("now", Sql.at(clock.instant()))
                .param("order", orderId)
                .param("kind", kind.name())
                .param("prefix", prefix)
                .update();
    }

    /**
     * What refunds of the order gave back or are to give back, in minor units, but for the one with {@code key}; no other caller counts
     * until this one's transaction ends.
     */
    long refunds(UUID orderId, String key, Currency currency) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:order, 5))")
                .param("order", orderId.toString())
                .query((row, n) -> n)
                .single();
        return jdbc.sql("""
                        select payload ->> 'amount' from channel_errand
                        where order_id = :order and kind = 'REFUND' and state <> 'REFUSED' and key <> :key""").param("order", orderId).param("key", key).query(String.class).list().stream()
                .mapToLong(
                        amount -> Money.of(amount, currency.getCurrencyCode()).minor())
                .sum();
    }

    List<Errand> ofOrder(UUID orderId) {
        return jdbc.sql("select * from channel_errand where order_id = :order order by created_at, key limit :most")
                .param("order", orderId)
                .param("most", MOST_OF_ORDER)
                .query(ErrandRows::errand)
                .list();
    }

    List<Errand> refused(String brand, int limit) {
        return jdbc.sql("select * from channel_errand where brand = :brand and state = 'REFUSED'"
                        + " order by done_at desc, key limit :limit")
                .param("brand", brand)
                .param("limit", limit)
                .query(ErrandRows::errand)
                .list();
    }

    private static Errand errand(ResultSet row, int number) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        Instant next = Sql.instant(row, "next_try_at");
        return new Errand(
                Kind.valueOf(row.getString("kind")),
                row.getObject("connection_id", UUID.class),
                row.getString("key"),
                row.getObject("order_id", UUID.class),
                state,
                row.getInt("attempts"),
                row.getString("last_error"),
                row.getString("external_id"),
                Sql.instant(row, "created_at"),
                state == State.DUE ? next : null,
                Sql.instantOrNull(row, "done_at"));
    }

    /** Errands of one kind to one shop: they share a call where the platform takes several. */
    record Lane(Kind kind, UUID connectionId) {}

    /** One errand to do, as it was asked for at {@code version}, and which try this is. */
    record Claim(
            Lane lane, String key, String brand, @Nullable UUID orderId, String payload, long version, int attempt) {}
}
