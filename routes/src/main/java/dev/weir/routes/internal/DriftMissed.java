package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.routes.internal.DriftRuns.Run;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much of a number that differs do orders account for that we had not? In the rows of {@code drift} that a run found. */
final class DriftMissed {
    private final JdbcClient jdbc;

    DriftMissed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An order that we did not have sold {@code units} of the SKU, or gave them back when they are negative. */
    void sold(Run run, Sku sku, int units, String order, boolean isYoung) {
        jdbc.sql("""
                        update drift set missed = missed + :units, missed_young = missed_young or :young,
                          missed_by = (array_append(missed_by, cast(:order as text)))[1 : 5]
                        where run_id = :run and kind = 'STOCK' and subject = :sku""")
                .param("units", units)
                .param("young", isYoung)
                .param("order", order)
                .param("run", run.id())
                .param("sku", sku.value())
                .update();
    }

    /** What the run counted of orders is counted anew. */
    void forget(Run run) {
        jdbc.sql(
                        "update drift set missed = 0, missed_by = '{}', missed_young = false where run_id = :run and missed <> 0")
                .param("run", run.id())
                .update();
    }

    /** Names the cause of what such orders account for. */
    void explain(Run run) {
        jdbc.sql("""
                        update drift set remedy = 'HEAL', state = case when state = 'ASKS' then 'OPEN' else state end,
                          cause = case when missed_young then 'IN_FLIGHT' else 'LOST_WEBHOOK' end,
                          words = case when missed > 0 then 'The shop sold ' || missed else 'The shop took back ' || -missed end
                            || ' in order ' || array_to_string(missed_by, ', ')
                            || case when missed_young then ', of which we had not heard yet' else ', of which nobody told us' end
                        where run_id = :run and kind = 'STOCK' and missed <> 0
                          and case when kind = 'STOCK' then told - cast(seen as integer) end = missed""").param("run", run.id()).update();
        jdbc.sql("""
                        update drift set words = words || '; of it ' || missed || ' in order '
                            || array_to_string(missed_by, ', ') || ', of which nobody told us'
                        where run_id = :run and kind = 'STOCK' and missed <> 0
                          and case when kind = 'STOCK' then told - cast(seen as integer) end <> missed""").param("run", run.id()).update();
    }
}
