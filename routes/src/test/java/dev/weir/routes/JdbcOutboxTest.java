package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Outbox;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcOutboxTest {
    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void stop() {
        bench.close();
    }

    private Outbox.Event level(int version) {
        return new Outbox.Event(
                bench.brand, Outbox.STOCK, bench.brand + "/TEE", "StockChanged", Map.of("version", version));
    }

    private List<Integer> kept() {
        return bench.jdbc
                .sql("select (payload ->> 'version')::int from outbox where brand = ? order by id")
                .param(bench.brand)
                .query(Integer.class)
                .list();
    }

    @Test
    void eventsOfOneStatement_keepTheirOrder() {
        List<Integer> versions = IntStream.rangeClosed(1, 500).boxed().toList();
        bench.outbox.append(versions.stream().map(this::level).toList());
        assertThat(kept()).isEqualTo(versions);
    }

    @Test
    void whatTheCallerIsToRun_isAllThatIsWritten_andGoesWithItsTransaction() {
        bench.transaction.executeWithoutResult(status -> {
            Outbox.Insert insert = bench.outbox.appending(List.of(level(1))).orElseThrow();
            assertThat(kept()).isEmpty();
            bench.jdbc.sql(insert.sql()).params(insert.parameters()).update();
            assertThat(kept()).containsExactly(1);
            status.setRollbackOnly();
        });
        assertThat(kept()).isEmpty();
    }
}
