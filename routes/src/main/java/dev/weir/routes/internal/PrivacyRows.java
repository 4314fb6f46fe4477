package dev.weir.routes.internal;

import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.Connection;
import dev.weir.routes.PrivacyRequests;
import dev.weir.routes.PrivacyRequests.Kind;
import dev.weir.routes.PrivacyRequests.Request;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was asked, and where does it stand? The table {@code privacy_request}. Every statement joins the caller's transaction. */
final class PrivacyRows {
    /** A hub that dies over one gives it up by that. */
    static final Duration LEASE = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final Clock clock;

    PrivacyRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes it once for its delivery, due at once where the hub does it; answers by when it is to be answered. */
    Instant add(Delivery delivery, Connection connection, ChannelEvent.PrivacyAsked asked) {
        Kind kind = switch (asked.kind()) {
            case DISCLOSE -> Kind.DISCLOSE;
            case ERASE -> Kind.ERASE;
            case ERASE_SHOP -> Kind.ERASE_SHOP;
        };
        Instant due = delivery.receivedAt().plus(PrivacyRequests.WITHIN);
        jdbc.sql("""
                        insert into privacy_request (id, inbox_id, brand, connection_id, channel, kind, email,
                          order_external_ids, asked_at, due_at, next_try_at)
                        values (:id, :inbox, :brand, :connection, :channel, :kind, :email, :orders, :asked, :due, :next)
                        on conflict (inbox_id, kind) do nothing""")
                .param("id", UUID.randomUUID())
                .param("inbox", delivery.id())
                .param("brand", connection.brand())
                .param("connection", connection.id())
                .param("channel", connection.channel())
                .param("kind", kind.name())
                .param("email", asked.buyerEmail())
                .param("orders", asked.orderExternalIds().toArray(String[]::new))
                .param("asked", Sql.at(delivery.receivedAt()))
                .param("due", Sql.at(due))
                .param("next", Sql.orNull(kind == Kind.DISCLOSE ? null : clock.instant()))
                .update();
        return due;
    }

    /** Takes one that the hub is to do for {@link #LEASE}. */
    Optional<Claim> claim() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        update privacy_request set next_try_at = :lease where id = (
                            select id from privacy_request where answered_at is null and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning *""")
                .param("lease", Sql.at(now.plus(LEASE)))
                .param("now", Sql.at(now))
                .query((row, n) ->
                        new Claim(row.getObject("inbox_id", UUID.class), row.getString("brand"), request(row, n)))
                .optional();
    }

    /** Counts what was erased now. */
    void erased(UUID id, int orders, int deliveries) {
        jdbc.sql("update privacy_request set orders = orders + :orders, deliveries = deliveries + :deliveries"
                        + " where id = :id")
                .param("orders", orders)
                .param("deliveries", deliveries)
                .param("id", id)
                .update();
    }

    void tryLater(UUID id, Duration after, String why) {
        jdbc.sql("update privacy_request set next_try_at = :next, waits = :why where id = :id and answered_at is null")
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("why", Sql.cut(why, 500))
                .param("id", id)
                .update();
    }

    /** False when it was answered before, or {@code kind} is not its. Forgets the buyer. */
    boolean answer(UUID id, String brand, boolean disclosed, String by) {
        return jdbc.sql("""
                        update privacy_request set answered_at = :now, answered_by = :by, email = null, waits = null,
                          next_try_at = null
                        where id = :id and brand = :brand and answered_at is null
                          and (kind = 'DISCLOSE') = :disclosed""")
                        .param("now", Sql.at(clock.instant()))
                        .param("by", by)
                        .param("id", id)
                        .param("brand", brand)
                        .param("disclosed", disclosed)
                        .update()
                == 1;
    }

    List<Request> list(String brand, boolean open, int limit) {
        return jdbc.sql("select * from privacy_request where brand = :brand and (answered_at is null) = :open"
                        + " order by case when answered_at is null then due_at end, answered_at desc, id limit :limit")
                .param("brand", brand)
                .param("open", open)
                .param("limit", limit)
                .query(PrivacyRows::request)
                .list();
    }

    Optional<Request> find(String brand, UUID id) {
        return jdbc.sql("select * from privacy_request where brand = :brand and id = :id")
                .param("brand", brand)
                .param("id", id)
                .query(PrivacyRows::request)
                .optional();
    }

    private static Request request(ResultSet row, int number) throws SQLException {
        Array orders = row.getArray("order_external_ids");
        return new Request(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("channel"),
                Kind.valueOf(row.getString("kind")),
                row.getString("email"),
                List.of((String[]) orders.getArray()),
                Sql.instant(row, "asked_at"),
                Sql.instant(row, "due_at"),
                row.getInt("orders"),
                row.getInt("deliveries"),
                row.getString("waits"),
                Sql.instantOrNull(row, "answered_at"),
                row.getString("answered_by"));
    }

    /** One to do, and the delivery that it came with. */
    record Claim(UUID inboxId, String brand, Request request) {}
}
