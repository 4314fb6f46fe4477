package dev.weir.routes.internal;

import dev.weir.routes.WebhookEndpoints.Attempt;
import dev.weir.routes.WebhookEndpoints.Delivery;
import dev.weir.routes.WebhookEndpoints.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is due, who has it in hand, and what became of it? The tables {@code hook_delivery} and {@code hook_attempt}. */
final class HookDeliveries {
    /** A replay carries no more. */
    static final int MOST_REPLAYED = 50_000;

    /** An endpoint that has more waiting is switched off; what waits stays, and it is told no more until then. */
    static final int MOST_WAITING = 100_000;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration OLD_LEVELS_KEPT = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;

    HookDeliveries(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One delivery in hand; {@code attempts} before this one. */
    record Due(long id, UUID endpoint, int attempts, String eventId, String body) {}

    /** Endpoints that are on and have something due that nobody has in hand. */
    List<UUID> endpoints() {
        return jdbc.sql("""
                        select h.id from hook_endpoint h where h.is_on and exists (
                          select 1 from hook_delivery d where d.endpoint_id = h.id and d.state = 'DUE'
                            and d.next_at <= :now and (d.taken_until is null or d.taken_until <= :now))""").param("now", now()).query(UUID.class).list();
    }

    /** The endpoint's next, in nobody else's hands for {@code most}. */
    Optional<Due> take(UUID endpoint, Duration most) {
        return jdbc.sql("""
                        update hook_delivery d set taken_until = :until from hook_event e
                        where e.id = d.event_id and d.id = (
                          select id from hook_delivery where endpoint_id = :endpoint and state = 'DUE' and next_at <= :now
                            and (taken_until is null or taken_until <= :now)
                          order by next_at, id limit 1 for update skip locked)
                        returning d.id, d.endpoint_id, d.attempts, e.id as event_id, e.body""")
                .param("until", Sql.at(clock.instant().plus(most)))
                .param("endpoint", endpoint)
                .param("now", now())
                .query((row, n) -> new Due(
                        row.getLong("id"),
                        row.getObject("endpoint_id", UUID.class),
                        row.getInt("attempts"),
                        row.getString("event_id"),
                        row.getString("body")))
                .optional();
    }

    /** Puts it back as it was: its endpoint is off or gone. */
    void putBack(Due due) {
        jdbc.sql("update hook_delivery set taken_until = null where id = :id")
                .param("id", due.id())
                .update();
    }

    void note(long delivery, Attempt attempt) {
        jdbc.sql("""
                        insert into hook_attempt (delivery_id, at, millis, status, error, answer)
                        select id, :at, :millis, cast(:status as integer), cast(:error as text), :answer from hook_delivery where id = :delivery""")
                .param("delivery", delivery)
                .param("at", Sql.at(attempt.at()))
                .param("millis", attempt.millis())
                .param("status", attempt.status())
                .param("error", attempt.error())
                .param("answer", attempt.answer())
                .update();
    }

    /** {@code again} null when nothing more is tried. */
    void move(long delivery, State state, @Nullable Instant again) {
        jdbc.sql("""
                        update hook_delivery set state = :state, attempts = attempts + 1, taken_until = null,
                          next_at = coalesce(:again, next_at), done_at = :done where id = :id""")
                .param("state", state.name())
                .param("again", Sql.orNull(again))
                .param("done", again == null ? now() : null)
                .param("id", delivery)
                .update();
    }

    /** One event for one endpoint, in the caller's hands. */
    long single(UUID endpoint, PublicEvent event, Duration most) {
        jdbc.sql("""
                        insert into hook_event (id, brand, type, subject, is_level, sequence, at, body)
                        values (:id, :brand, :type, :subject, false, 0, :at, :body)""")
                .param("id", event.id())
                .param("brand", event.brand())
                .param("type", event.type())
                .param("subject", event.subject())
                .param("at", Sql.at(event.at()))
                .param("body", event.body())
                .update();
        return jdbc.sql("""
                        insert into hook_delivery (endpoint_id, event_id, state, at, next_at, taken_until)
                        values (:endpoint, :event, 'DUE', :now, :now, :until) returning id""")
                .param("endpoint", endpoint)
                .param("event", event.id())
                .param("now", now())
                .param("until", Sql.at(clock.instant().plus(most)))
                .query(Long.class)
                .single();
    }

    /** What it asks for since then becomes due once more, oldest first; how many did. */
    int replay(String brand, UUID endpoint, List<String> types, Instant since) {
        return jdbc.sql("""
                        insert into hook_delivery as d (endpoint_id, event_id, state, at, next_at)
                        select :endpoint, e.id, 'DUE', :now, :now from hook_event e
                        where e.brand = :brand and e.at >= :since and e.type like any (:types) and e.type <> :test
                          and not (e.is_level and exists (select 1 from hook_event n where n.is_level
                            and n.brand = e.brand and n.subject = e.subject and n.sequence > e.sequence))
                        order by e.sequence limit :most
                        on conflict (endpoint_id, event_id) do update
                          set state = 'DUE', attempts = 0, next_at = :now, done_at = null where d.state <> 'DUE'""")
                .param("endpoint", endpoint)
                .param("brand", brand)
                .param("now", now())
                .param("since", Sql.at(since))
                .param("types", HookTypes.like(types))
                .param("test", PublicFeed.TEST)
                .param("most", MOST_REPLAYED)
                .update();
    }

    /** When what is kept begins. */
    Instant keptSince() {
        return clock.instant().minus(KEPT);
    }

    List<Delivery> list(UUID endpoint, @Nullable State state, int limit) {
        return jdbc.sql("""
                        select d.*, e.type, e.subject, a.status, a.error
                        from hook_delivery d join hook_event e on e.id = d.event_id
                        left join lateral (select status, error from hook_attempt where delivery_id = d.id
                                           order by id desc limit 1) a on true
                        where d.endpoint_id = :endpoint and (cast(:state as text) is null or d.state = :state)
                        order by d.id desc limit :limit""")
                .param("endpoint", endpoint)
                .param("state", state == null ? null : state.name())
                .param("limit", limit)
                .query(HookDeliveries::delivery)
                .list();
    }

    List<Attempt> attempts(String brand, UUID endpoint, long delivery) {
        return jdbc.sql("""
                        select a.* from hook_attempt a join hook_delivery d on d.id = a.delivery_id
                        join hook_endpoint h on h.id = d.endpoint_id
                        where h.brand = :brand and h.id = :endpoint and d.id = :delivery order by a.id limit 200""")
                .param("brand", brand)
                .param("endpoint", endpoint)
                .param("delivery", delivery)
                .query((row, n) -> new Attempt(
                        Sql.instant(row, "at"),
                        row.getLong("millis"),
                        row.getObject("status", Integer.class),
                        row.getString("error"),
                        row.getString("answer")))
                .list();
    }

    /** Endpoints that are on and have too much waiting. */
    List<UUID> crowded(int most) {
        return jdbc.sql("""
                        select d.endpoint_id from hook_delivery d join hook_endpoint h on h.id = d.endpoint_id
                        where d.state = 'DUE' and h.is_on group by d.endpoint_id having count(*) > :most""").param("most", most).query(UUID.class).list();
    }

    /** Forgets what is older than seven days, and levels that an hour ago were not the newest any more; at most 10,000 events each. */
    void forget() {
        jdbc.sql("delete from hook_event where id in (select id from hook_event where at < :before limit 10000)")
                .param("before", Sql.at(keptSince()))
                .update();
        jdbc.sql("""
                        delete from hook_event where id in (
                          select e.id from hook_event e where e.is_level and e.at < :before
                            and exists (select 1 from hook_event n where n.is_level and n.brand = e.brand
                              and n.subject = e.subject and n.sequence > e.sequence)
                            and not exists (select 1 from hook_delivery d where d.event_id = e.id and d.state = 'DUE')
                          limit 10000)""")
                .param("before", Sql.at(clock.instant().minus(OLD_LEVELS_KEPT)))
                .update();
    }

    private OffsetDateTime now() {
        return Sql.at(clock.instant());
    }

    private static Delivery delivery(ResultSet row, int n) throws SQLException {
        State state = State.valueOf(row.getString("state"));
        return new Delivery(
                row.getLong("id"),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("subject"),
                state,
                row.getInt("attempts"),
                Sql.instant(row, "at"),
                state == State.DUE ? Sql.instant(row, "next_at") : null,
                row.getObject("status", Integer.class),
                row.getString("error"));
    }
}
