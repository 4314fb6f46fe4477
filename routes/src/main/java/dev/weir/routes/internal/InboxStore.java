package dev.weir.routes.internal;

import dev.weir.connectors.RawWebhook;
import dev.weir.routes.SetAside;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where do deliveries stand in the table {@code inbox}? Every statement joins the caller's transaction. */
final class InboxStore {
    /** A delivery with what is handled of it: its newest copy where somebody repaired it. */
    private static final String TOLD = """
            select i.*, coalesce((select r.body from inbox_repair r where r.inbox_id = i.id order by r.n desc limit 1),
                                 i.body) as told
            from inbox i where id = :id""";

    private static final String ENQUEUE = """
            , told as (
                insert into outbox (brand, topic, key, type, payload, at)
                select brand, :kafka, connection_id || '/' || aggregate_key, 'WebhookDue',
                       jsonb_build_object('inboxId', id), :now from due)
            select count(*) from due""";

    private final JdbcClient jdbc;
    private final Duration grace;
    private final Clock clock;

    InboxStore(JdbcClient jdbc, Duration grace, Clock clock) {
        this.jdbc = jdbc;
        this.grace = grace;
        this.clock = clock;
    }

    /** The delivery, if it still is to be handled. */
    Optional<Delivery> open(UUID id) {
        return jdbc.sql(TOLD + " and state in ('RECEIVED', 'PARKED')")
                .param("id", id)
                .query(InboxStore::delivery)
                .optional();
    }

    /** The delivery, whatever became of it. */
    Optional<Delivery> find(UUID id) {
        return jdbc.sql(TOLD).param("id", id).query(InboxStore::delivery).optional();
    }

    /** The delivery, whatever became of it, while its content is there. */
    Optional<Delivery> unerased(UUID id) {
        return jdbc.sql(TOLD + " and erased_at is null")
                .param("id", id)
                .query(InboxStore::delivery)
                .optional();
    }

    /** Locks the row for its effect; false when another handler ended it meanwhile. */
    boolean lock(UUID id) {
        return jdbc.sql("select id from inbox where id = :id and state in ('RECEIVED', 'PARKED') for update")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** Writes what became of it. */
    void end(UUID id, Conclusion conclusion) {
        Instant now = clock.instant();
        boolean parked = conclusion.state() == Conclusion.State.PARKED;
        jdbc.sql("""
                        update inbox set state = :state, reason = :reason, waits_for = :waits, next_try_at = :next,
                                         done_at = :done, attempts = attempts + :parked where id = :id""")
                .param("state", conclusion.state().name())
                .param("reason", Sql.cut(conclusion.reason(), 1_000))
                .param("waits", conclusion.waitsFor())
                .param("next", Sql.orNull(conclusion.lookAgain() == null ? null : now.plus(conclusion.lookAgain())))
                .param("done", Sql.orNull(parked ? null : now))
                .param("parked", parked ? 1 : 0)
                .param("id", id)
                .update();
    }

    /** Only a person can help from here: the row says so, and the topic of dead letters is told once. */
    void die(UUID id, String reason, String fault) {
        jdbc.sql("""
                        with dead as (
                            update inbox set state = 'DEAD', reason = :reason, waits_for = null, next_try_at = null,
                                             done_at = null, attempts = attempts + 1
                            where id = :id and state in ('RECEIVED', 'PARKED')
                            returning id, brand, connection_id, channel, topic, attempts, received_at),
                        told as (
                            insert into outbox (brand, topic, key, type, payload, at)
                            select brand, :kafka, id::text, 'DeliveryDead',
                                   jsonb_build_object('deliveryId', id, 'connectionId', connection_id,
                                       'channel', channel, 'platformTopic', topic, 'fault', cast(:fault as text),
                                       'attempts', attempts, 'receivedAt', to_char(received_at at time zone 'UTC',
                                           'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), :now
                            from dead)
                        select count(*) from dead""")
                .param("reason", Sql.cut(reason, 1_000))
                .param("id", id)
                .param("kafka", PublicFeed.DEAD_LETTERS)
                .param("fault", fault)
                .param("now", Sql.at(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /** Keeps a copy of what is set aside; false when it is not, was erased, or has other than {@code basedOn} copies. */
    boolean keep(UUID id, byte[] copy, int basedOn, SetAside.Signed signed) {
        boolean isAside =
                jdbc.sql("""
                        select id from inbox where id = :id and erased_at is null and state in ('PARKED', 'DEAD')
                        for update""").param("id", id).query(UUID.class).optional().isPresent();
        return isAside
                && jdbc.sql("""
                                insert into inbox_repair (inbox_id, n, body, by, note, at)
                                select :id, :based + 1, :body, :by, :note, :now
                                where :based = (select count(*) from inbox_repair where inbox_id = :id)""")
                                .param("id", id)
                                .param("based", basedOn)
                                .param("body", copy)
                                .param("by", signed.by())
                                .param("note", signed.note())
                                .param("now", Sql.at(clock.instant()))
                                .update()
                        == 1;
    }

    /** Notes a failed attempt of a row that stays RECEIVED. */
    void tryLater(UUID id, Duration after, String reason) {
        jdbc.sql("""
                        update inbox set state = 'RECEIVED', attempts = attempts + 1, reason = :reason,
                                         next_try_at = :next
                        where id = :id and state in ('RECEIVED', 'PARKED')""")
                .param("reason", Sql.cut(reason, 1_000))
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("id", id)
                .update();
    }

    /** Takes up rows whose time has come, and keeps other hubs off them for the grace. */
    List<Due> due(int most) {
        return jdbc.sql("""
                        update inbox set next_try_at = :lease where id in (
                            select id from inbox where next_try_at <= :now and state in ('RECEIVED', 'PARKED')
                            order by next_try_at limit :most for update skip locked)
                        returning id, connection_id, aggregate_key, seq""")
                .param("lease", Sql.at(clock.instant().plus(grace)))
                .param("now", Sql.at(clock.instant()))
                .param("most", most)
                .query((row, n) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getObject("connection_id", UUID.class).toString(),
                        row.getString("aggregate_key"),
                        row.getLong("seq")))
                .list();
    }

    /** What waited for this order is due now, through Kafka; returns how many. */
    int wake(UUID connectionId, String waitsFor) {
        return jdbc.sql("""
                        with due as (
                            update inbox set state = 'RECEIVED', next_try_at = :lease
                            where state = 'PARKED' and connection_id = :connection and waits_for = :waits
                            returning id, brand, connection_id, aggregate_key)""" + ENQUEUE)
                .param("lease", Sql.at(clock.instant().plus(grace)))
                .param("connection", connectionId)
                .param("waits", waitsFor)
                .param("kafka", Topics.INBOX)
                .param("now", Sql.at(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /** The row is due now, whatever became of it before; false when there is none, or it was erased at a buyer's wish. */
    boolean replay(UUID id) {
        int found = jdbc.sql("""
                        with due as (
                            update inbox set state = 'RECEIVED', next_try_at = :lease, attempts = 0, done_at = null,
                                             waits_for = null
                            where id = :id and erased_at is null
                            returning id, brand, connection_id, aggregate_key)""" + ENQUEUE)
                .param("lease", Sql.at(clock.instant().plus(grace)))
                .param("id", id)
                .param("kafka", Topics.INBOX)
                .param("now", Sql.at(clock.instant()))
                .query(Integer.class)
                .single();
        return found > 0;
    }

    private static Delivery delivery(ResultSet row, int n) throws SQLException {
        RawWebhook raw = new RawWebhook(
                Json.texts(row.getString("headers")),
                row.getString("query"),
                row.getBytes("told"),
                Sql.instant(row, "received_at"));
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("connection_id", UUID.class),
                row.getString("brand"),
                row.getString("channel"),
                raw,
                row.getInt("attempts"),
                raw.receivedAt());
    }

    /** A row to handle, and the order it is handled in: {@code seq} grows with arrival. */
    record Due(UUID id, String connectionId, String aggregateKey, long seq) {}

    /** What became of a delivery. {@code lookAgain} null: not by itself. */
    record Conclusion(
            State state,
            String reason,
            @Nullable String waitsFor,
            @Nullable Duration lookAgain) {
        /** The states a handled row may have. */
        enum State {
            PROCESSED,
            PARKED,
            IGNORED
        }
    }
}
