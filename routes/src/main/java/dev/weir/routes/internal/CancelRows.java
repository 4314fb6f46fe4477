package dev.weir.routes.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which orders does a channel still have to be asked to call off? The table {@code order_cancel}; a claim is a lease. */
final class CancelRows {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final Clock clock;

    CancelRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A repeat of the message changes nothing; a case that was refused may be asked for again. */
    void add(String brand, String cause, UUID orderId, String reason) {
        jdbc.sql("""
                        insert into order_cancel (brand, cause, order_id, reason, state, next_try_at, created_at)
                        values (:brand, :cause, :order, :reason, 'DUE', :now, :now)
                        on conflict (brand, cause) do update set state = 'DUE', attempts = 0, reason = :reason,
                            next_try_at = :now, done_at = null where order_cancel.state = 'REFUSED'""")
                .param("brand", brand)
                .param("cause", cause)
                .param("order", orderId)
                .param("reason", Sql.cut(reason, 500))
                .param("now", Sql.at(clock.instant()))
                .update();
    }

    List<String> dueBrands() {
        return jdbc.sql("select distinct brand from order_cancel where state = 'DUE' and next_try_at <= :now")
                .param("now", Sql.at(clock.instant()))
                .query(String.class)
                .list();
    }

    /** Takes one due row of the brand for {@link #LEASE}; a hub that dies gives it up by that. */
    Optional<Claim> claim(String brand) {
        return jdbc.sql("""
                        update order_cancel set next_try_at = :lease, attempts = attempts + 1 where (brand, cause) = (
                            select brand, cause from order_cancel
                            where brand = :brand and state = 'DUE' and next_try_at <= :now
                            order by next_try_at limit 1 for update skip locked)
                        returning cause, order_id, reason, attempts""")
                .param("lease", Sql.at(clock.instant().plus(LEASE)))
                .param("brand", brand)
                .param("now", Sql.at(clock.instant()))
                .query((row, n) -> new Claim(
                        brand,
                        row.getString("cause"),
                        row.getObject("order_id", UUID.class),
                        row.getString("reason"),
                        row.getInt("attempts")))
                .optional();
    }

    void tryLater(Claim claim, Duration after, String error) {
        jdbc.sql("update order_cancel set next_try_at = :next, last_error = :error"
                        + " where brand = :brand and cause = :cause and state = 'DUE'")
                .param("next", Sql.at(clock.instant().plus(after)))
                .param("error", Sql.cut(error, 500))
                .param("brand", claim.brand())
                .param("cause", claim.cause())
                .update();
    }

    /** False when it was ended before. */
    boolean end(Claim claim, String state, String text) {
        return jdbc.sql("update order_cancel set state = :state, last_error = :text, done_at = :now"
                                + " where brand = :brand and cause = :cause and state = 'DUE'")
                        .param("state", state)
                        .param("text", Sql.cut(text, 500))
                        .param("now", Sql.at(clock.instant()))
                        .param("brand", claim.brand())
                        .param("cause", claim.cause())
                        .update()
                == 1;
    }

    /** One order to call off, and which attempt this is. */
    record Claim(String brand, String cause, UUID orderId, String reason, int attempt) {
        /** The same for each try. */
        String key() {
            return "weir-cancel-" + orderId;
        }
    }
}
