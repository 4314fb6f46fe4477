package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockFanoutTest {
    private static final Sku MUG = new Sku("MUG");

    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void shuffledLevels_endAtTheNewestVersion_andViewersSeeThem() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        bench.list(shop, TEE);
        bench.start();
        List<Integer> versions = new ArrayList<>(
                java.util.stream.IntStream.rangeClosed(1, 40).boxed().toList());
        Collections.shuffle(versions, new Random(7));
        // Viewers want only what comes after they look, so first somebody must be looking.
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    bench.shelves.tell(bench.brand, TEE, 100, 0);
                    return !bench.shown.isEmpty();
                });
        versions.forEach(version -> bench.shelves.tell(bench.brand, TEE, 100 - version, version));
        await().untilAsserted(() ->
                assertThat(bench.shown).extracting(StockLevel::version).contains(40L));
        await().untilAsserted(() -> assertThat(shop.levels).containsEntry(TEE, 60));
        assertThat(shop.written.size()).isLessThan(40);
    }

    @Test
    void routeOfAShop_saysWhatItDoes_andForWhichShop() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        RoutesModule module = bench.start();
        String name = bench.connections().find(bench.id(shop)).orElseThrow().name();

        await().untilAsserted(() -> assertThat(module.routeCatalog().list())
                .filteredOn(route -> route.id().equals("stock-fanout-" + bench.id(shop)))
                .singleElement()
                .satisfies(route ->
                        assertThat(route.description()).isEqualTo("Each newest stock level to a shop: " + name)));
        assertThat(module.routeCatalog().list())
                .noneMatch(route -> route.description().isBlank());
    }

    @Test
    void channelWithUnitsOfItsOwn_isToldThese_andWhatItTookIsConfirmed_onlyThen() {
        FakeShop own = bench.shop("own", Capability.STOCK_WRITE);
        FakeShop mirror = bench.shop("mirror", Capability.STOCK_WRITE);
        bench.list(own, TEE);
        bench.list(mirror, TEE);
        bench.shelves.allocated.put("own/" + TEE, 3);
        own.dead = true;
        bench.start();
        bench.shelves.tell(bench.brand, TEE, 9, 1);
        await().untilAsserted(() -> assertThat(mirror.levels).containsEntry(TEE, 9));
        assertThat(bench.shelves.confirmed).doesNotContain(new StockLevel(TEE, 3, 1));
        own.dead = false;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(bench.shelves.confirmed).contains(new StockLevel(TEE, 3, 1)));
        assertThat(own.levels).containsEntry(TEE, 3);
    }

    @Test
    void numberThatWasTakenBeforeAHubDied_isConfirmedByTheNext() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        bench.list(shop, TEE);
        bench.shelves.tell(bench.brand, TEE, 4, 7);
        bench.jdbc
                .sql("insert into published_level (connection_id, sku, available, version) values (:id, 'TEE', 4, 7)")
                .param("id", bench.id(shop))
                .update();
        bench.start();
        await().untilAsserted(() -> assertThat(bench.shelves.confirmed).contains(new StockLevel(TEE, 4, 7)));
    }

    @Test
    void deadShop_doesNotSlowTheOther_andCatchesUp() {
        FakeShop dead = bench.shop("dead", Capability.STOCK_WRITE);
        FakeShop well = bench.shop("well", Capability.STOCK_WRITE);
        dead.dead = true;
        bench.list(dead, TEE);
        bench.list(well, TEE);
        RoutesModule module = bench.start();
        bench.shelves.tell(bench.brand, TEE, 4, 1);
        await().untilAsserted(() -> assertThat(well.levels).containsEntry(TEE, 4));
        assertThat(dead.levels).isEmpty();
        await().untilAsserted(() -> assertThat(module.routeCatalog().list())
                .anySatisfy(entry ->
                        assertThat(entry.state()).contains("Backing off").contains("dead")));
        dead.dead = false;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(dead.levels).containsEntry(TEE, 4));
    }

    @Test
    void throttledTransientAndUnknownOutcomes_areTriedAgain() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        bench.list(shop, TEE);
        shop.failStock(new ChannelException(Fault.THROTTLED, "slow down", Duration.ofMillis(100), null));
        shop.failStock(new ChannelException(Fault.TRANSIENT, "try later"));
        shop.failStock(new ChannelException(Fault.OUTCOME_UNKNOWN, "the answer was lost"));
        bench.start();
        bench.shelves.tell(bench.brand, TEE, 5, 1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(shop.levels).containsEntry(TEE, 5));
    }

    @Test
    void catalogue_goesFromTheBackendToAShopThatFollows_withItsStock() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.CATALOGUE_READ);
        FakeShop follower = bench.shop("follower", Capability.CATALOGUE_WRITE, Capability.STOCK_WRITE);
        backend.listings.put(TEE, RoutesBench.listing(TEE));
        backend.listings.put(MUG, RoutesBench.listing(MUG));
        RoutesModule module = bench.start();
        await().untilAsserted(
                        () -> assertThat(follower.levels).containsEntry(TEE, 12).containsEntry(MUG, 12));
        assertThat(follower.listings).containsOnlyKeys(TEE, MUG);
        assertThat(module.catalogueImport().run(bench.id(backend))).isEqualTo(new CatalogueImport.Report(2, 0, 0, 0));
        assertThat(module.catalogueImport().standing(bench.id(backend)))
                .get()
                .isInstanceOfSatisfying(
                        CatalogueImport.Standing.Done.class,
                        done -> assertThat(done.report().read()).isEqualTo(2));
        assertThat(module.catalogueImport().standing(java.util.UUID.randomUUID()))
                .isEmpty();
    }

    @Test
    void catalogueThatCannotBeRead_saysWhy_andComesInOnceItCan() {
        FakeShop backend = bench.shop("backend", Capability.ORDER_PUSH, Capability.CATALOGUE_READ);
        backend.listings.put(TEE, RoutesBench.listing(TEE));
        backend.catalogueFault = new ChannelException(Fault.TRANSIENT, "the shop is being moved");
        RoutesModule module = bench.start();

        await().untilAsserted(() -> assertThat(module.catalogueImport().standing(bench.id(backend)))
                .get()
                .isInstanceOfSatisfying(
                        CatalogueImport.Standing.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("the shop is being moved")));
        backend.catalogueFault = null;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(module.catalogueImport().standing(bench.id(backend)))
                        .get()
                        .isInstanceOf(CatalogueImport.Standing.Done.class));
    }

    @Test
    void skuWithoutListing_isSkippedVisibly() {
        FakeShop shop = bench.shop("shop", Capability.STOCK_WRITE);
        bench.start();
        bench.shelves.tell(bench.brand, TEE, 5, 1);
        await().untilAsserted(() -> assertThat(bench.jdbc
                        .sql("select error from published_level where connection_id = :id")
                        .param("id", bench.id(shop))
                        .query(String.class)
                        .list())
                .containsExactly("no listing at this shop"));
    }
}
