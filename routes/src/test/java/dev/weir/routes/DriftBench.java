package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Sku;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Run;
import dev.weir.routes.Drifts.RunState;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A shop that was told its numbers, and is compared when it is asked for. */
final class DriftBench implements AutoCloseable {
    static final Sku BOWL = new Sku("DRIFT-BOWL");

    final RoutesBench bench = new RoutesBench();
    final FakeShop shop;
    private RoutesModule module;

    DriftBench(Capability... more) {
        shop = bench.shop("shop", more);
        shop.capabilities.add(Capability.STOCK_READ);
        shop.capabilities.add(Capability.STOCK_WRITE);
    }

    RoutesModule module() {
        if (module == null) {
            module = bench.start();
        }
        return module;
    }

    UUID id() {
        return bench.id(shop);
    }

    /** The shop was told so many units of the SKU, and has taken them. */
    void tell(Sku sku, int units) {
        if (bench.shelves.catalogue.listing(id(), sku).isEmpty()) {
            bench.list(shop, sku);
        }
        module();
        long version = bench.shelves
                .ledger
                .level(bench.brand, sku)
                .map(level -> level.version() + 1)
                .orElse(1L);
        bench.shelves.tell(bench.brand, sku, units, version);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bench.jdbc
                                .sql("select available from published_level where connection_id = :id and sku = :sku")
                                .param("id", id())
                                .param("sku", sku.value())
                                .query(Integer.class)
                                .optional())
                        .contains(units));
    }

    /** What the shop was told last lies so far back that nothing of it is under way. */
    void settle() {
        bench.jdbc
                .sql(
                        "update published_level set published_at = published_at - interval '1 hour' where connection_id = :id")
                .param("id", id())
                .update();
    }

    Run run(Mode mode) {
        return run(new Ask(mode, false, false, "mira"));
    }

    Run run(Ask ask) {
        UUID run = module().drifts().ask(bench.brand, id(), ask).id();
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        module().drifts().run(bench.brand, run).orElseThrow().state() == RunState.DONE);
        return module().drifts().run(bench.brand, run).orElseThrow();
    }

    List<Entry> found(Run run) {
        return module().drifts()
                .list(bench.brand, null, null, run.id(), null, 200)
                .items();
    }

    Entry only(Run run) {
        List<Entry> found = found(run);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    Entry heal(Entry entry) {
        return module().drifts().heal(bench.brand, entry.id(), "noor").orElseThrow();
    }

    Entry undo(Entry entry) {
        return module().drifts().undo(bench.brand, entry.id(), "noor").orElseThrow();
    }

    /** Events that are still to go out. */
    int unsent() {
        return bench.jdbc
                .sql("select count(*) from outbox where brand = :brand and sent_at is null")
                .param("brand", bench.brand)
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        bench.close();
    }
}
