package dev.weir.orders.internal;

import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which set of rules decides a brand's new orders? Thread-safe. */
final class RulesInForce {
    private static final int FIRST = 1;

    private final JdbcClient jdbc;
    private final Clock clock;

    RulesInForce(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    int of(String brand) {
        return jdbc.sql("select ruleset from attribution_in_force where brand = :brand")
                .param("brand", brand)
                .query(Integer.class)
                .optional()
                .orElse(FIRST);
    }

    void adopt(String brand, int ruleset) {
        jdbc.sql("""
                        insert into attribution_in_force (brand, ruleset, since) values (:brand, :ruleset, :now)
                        on conflict (brand) do update set ruleset = excluded.ruleset, since = excluded.since
                        where attribution_in_force.ruleset <> excluded.ruleset""")
                .param("brand", brand)
                .param("ruleset", ruleset)
                .param("now", Sql.at(Sql.now(clock)))
                .update();
    }
}
