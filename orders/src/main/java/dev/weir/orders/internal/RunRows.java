package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.orders.AttributionRules.Run;
import dev.weir.orders.AttributionRules.Shift;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which runs of rules over old orders are there? The table {@code attribution_run}. */
final class RunRows {
    private static final UUID NO_ID = new UUID(0, 0);

    private final JdbcClient jdbc;

    RunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A run that this transaction has locked, and the order it has come to. */
    record Open(String brand, Run run, Instant afterAt, UUID afterId) {}

    void begin(UUID id, String brand, int ruleset, Instant from, Instant to, Instant now) {
        jdbc.sql("""
                        insert into attribution_run (id, brand, ruleset, from_at, to_at, state, total, after_at, after_id,
                          started_at)
                        select :id, :brand, :ruleset, :from, :to, 'RUNNING', count(*), :from, :none, :now from orders
                        where brand = :brand and hold_id is null and placed_at >= :from and placed_at < :to""")
                .param("id", id)
                .param("brand", brand)
                .param("ruleset", ruleset)
                .param("from", Sql.at(from))
                .param("to", Sql.at(to))
                .param("none", NO_ID)
                .param("now", Sql.at(now))
                .update();
    }

    /** The oldest open run that nobody else is working on, locked. */
    Optional<Open> lockNext() {
        return jdbc.sql("""
                        select * from attribution_run where state = 'RUNNING' order by started_at limit 1
                        for update skip locked""").query((row, n) -> open(row)).optional();
    }

    void advance(UUID id, int done, int changed, Instant afterAt, UUID afterId) {
        jdbc.sql("""
                        update attribution_run set done = done + :done, changed = changed + :changed,
                          after_at = :afterAt, after_id = :afterId where id = :id""")
                .param("id", id)
                .param("done", done)
                .param("changed", changed)
                .param("afterAt", Sql.at(afterAt))
                .param("afterId", afterId)
                .update();
    }

    void finish(UUID id, Instant now) {
        jdbc.sql("update attribution_run set state = 'DONE', finished_at = :now where id = :id")
                .param("id", id)
                .param("now", Sql.at(now))
                .update();
    }

    Optional<Run> find(String brand, UUID id) {
        return jdbc.sql("select * from attribution_run where brand = :brand and id = :id")
                .param("brand", brand)
                .param("id", id)
                .query((row, n) -> run(row))
                .optional();
    }

    List<Run> newest(String brand, int limit) {
        return jdbc.sql("select * from attribution_run where brand = :brand order by started_at desc, id limit :limit")
                .param("brand", brand)
                .param("limit", limit)
                .query((row, n) -> run(row))
                .list();
    }

    List<Shift> shifts(String brand, UUID id) {
        return jdbc.sql("""
                        select o.show_id as from_show, a.show_id as to_show, o.currency, count(*) as orders,
                          sum(o.total_minor)::bigint as total
                        from order_attribution a join orders o on o.id = a.order_id
                        where a.run_id = :id and o.brand = :brand and o.show_id is distinct from a.show_id
                        group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit 500""")
                .param("id", id)
                .param("brand", brand)
                .query((row, n) -> new Shift(
                        row.getObject("from_show", UUID.class),
                        row.getObject("to_show", UUID.class),
                        row.getLong("orders"),
                        Money.ofMinor(row.getLong("total"), row.getString("currency"))))
                .list();
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                row.getString("brand"), run(row), Sql.instant(row, "after_at"), row.getObject("after_id", UUID.class));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                row.getInt("ruleset"),
                Sql.instant(row, "from_at"),
                Sql.instant(row, "to_at"),
                row.getString("state").equals("DONE"),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("changed"),
                Sql.instant(row, "started_at"),
                finished(row));
    }

    private static @Nullable Instant finished(ResultSet row) throws SQLException {
        OffsetDateTime at = row.getObject("finished_at", OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
