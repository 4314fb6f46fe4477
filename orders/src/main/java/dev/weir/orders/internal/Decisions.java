package dev.weir.orders.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.orders.AttributionRules.Claim;
import dev.weir.orders.AttributionRules.Decision;
import dev.weir.reservation.Attribution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was decided about who earned an order, each time? The table {@code order_attribution}, which only grows. */
final class Decisions {
    private static final String WRITE = """
            insert into order_attribution (order_id, revision, ruleset, rule, show_id, host, pin_sku,
              media_time_millis, replay, campaign, reason, losers, evidence, cause, run_id, decided_at)
            select :order, coalesce(max(revision), 0) + 1, :ruleset, :rule, :show, :host, :pin, :mediaTime, :replay,
              cast(:campaign as jsonb), :reason, cast(:losers as jsonb), cast(:evidence as jsonb), :cause,
              cast(:run as uuid), :now
            from order_attribution where order_id = :order""";

    private final JdbcClient jdbc;

    Decisions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the next revision; the caller has the order's row locked, or has just inserted it. */
    void write(
            UUID orderId,
            Attributions.Decided decided,
            Map<String, String> evidence,
            String cause,
            @Nullable UUID runId,
            Instant now) {
        Attribution winner = decided.winner();
        jdbc.sql(WRITE)
                .param("order", orderId)
                .param("ruleset", decided.ruleset())
                .param("rule", winner.rule())
                .param("show", winner.showId())
                .param("host", winner.host())
                .param("pin", winner.pinSku())
                .param("mediaTime", winner.mediaTimeMillis())
                .param("replay", winner.replay())
                .param("campaign", Sql.json(winner.campaign()))
                .param("reason", decided.reason())
                .param("losers", Sql.json(decided.losers()))
                .param("evidence", Sql.json(evidence))
                .param("cause", cause)
                .param("run", runId == null ? null : runId.toString())
                .param("now", Sql.at(now))
                .update();
    }

    /** Every decision on an order of the brand, oldest first. */
    List<Decision> of(String brand, UUID orderId) {
        return jdbc.sql("""
                        select a.*, o.channel, o.attributed_at from order_attribution a join orders o on o.id = a.order_id
                        where a.order_id = :order and o.brand = :brand order by a.revision""")
                .param("order", orderId)
                .param("brand", brand)
                .query((row, n) -> decision(row))
                .list();
    }

    private static Decision decision(ResultSet row) throws SQLException {
        Attribution winner = new Attribution(
                row.getString("channel"),
                row.getObject("show_id", UUID.class),
                row.getString("host"),
                row.getString("pin_sku"),
                row.getObject("media_time_millis", Long.class),
                row.getBoolean("replay"),
                Sql.texts(row.getString("campaign")),
                Sql.instant(row, "attributed_at"),
                row.getString("rule"));
        List<Claim> losers = Sql.read(row.getString("losers"), new TypeReference<>() {});
        return new Decision(
                row.getInt("revision"),
                row.getInt("ruleset"),
                winner,
                row.getString("reason"),
                losers,
                Sql.texts(row.getString("evidence")),
                row.getString("cause"),
                Sql.instant(row, "decided_at"));
    }
}
