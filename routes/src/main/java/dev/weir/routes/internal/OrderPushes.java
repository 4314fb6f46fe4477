package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which paid orders, from anywhere, does a backend still have to be told? The table {@code order_push}; a claim is a lease. */
final class OrderPushes {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final Clock clock;

    OrderPushes(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** {@code trace}: where the order's trace is; null for none. */
    void add(UUID orderId, String brand, @Nullable String trace) {
        jdbc.sql("""
                        insert into order_push (order_id, brand, state, next_try_at, created_at, trace)
                        values (:id, :brand, 'DUE', :now, :now, :trace) on conflict (order_id) do nothing""")
                .param("id", orderId)
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .param("trace", trace)
                .update();
    }

    List<String> dueBrands() {
        return jdbc.sql("select distinct brand from order_push where state = 'DUE' and next_try_at <= :now")
                .param("now", Sql.at(clock.instant()))
                .query(String.class)
                .list();
    }

    /** Takes one due order of the brand for {@link #LEASE}; a hub that dies gives it up by that. */
    Optional<Claim> claim(String brand) {
        return jdbc.sql("""
                        update order_push set next_try_at = :lease, attempts = attempts + 1 where order_id = (
                            select order_id from order_push
                            where brand = :brand and state = 'DUE' and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning order_id, attempts, trace""")
                .param("lease", Sql.at(clock.instant().plus(LEASE)))
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .query((row, n) -> new Claim(
                        row.getObject("order_id", UUID.class), row.getInt("attempts"), row.getString("trace")))
                .optional();
    }

    void tryLater(UUID orderId, Duration after, String reason) {
        jdbc.sql("update order_push set next_try_at = :next, last_error = :error where order_id = :id")
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("error", Sql.cut(reason, 500))
                .param("id", orderId)
                .update();
    }

    void end(UUID orderId, boolean pushed, @Nullable UUID connectionId, String text) {
        jdbc.sql("""
                        update order_push set state = :state, connection_id = :connection, done_at = :now,
                               external_id = case when :pushed then :text end,
                               last_error = case when :pushed then null else :text end
                        where order_id = :id""")
                .param("state", pushed ? "PUSHED" : "SKIPPED")
                .param("connection", connectionId)
                .param("now", Sql.at(clock.instant()))
                .param("pushed", pushed)
                .param("text", Sql.cut(text, 500))
                .param("id", orderId)
                .update();
    }

    /** The backend that has the order; empty while none has. */
    Optional<UUID> pushedTo(UUID orderId) {
        return jdbc.sql("select connection_id from order_push where order_id = :id and state = 'PUSHED'")
                .param("id", orderId)
                .query(UUID.class)
                .optional();
    }

    static @Nullable UUID captured(JsonNode event) {
        return event.path("type").asText().equals("OrderCaptured")
                ? UUID.fromString(event.path("payload").path("orderId").asText())
                : null;
    }

    /** One order to push, which attempt this is, and where its trace is. */
    record Claim(UUID orderId, int attempt, @Nullable String trace) {}
}
