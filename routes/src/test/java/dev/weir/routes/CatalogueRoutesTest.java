package dev.weir.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.CatalogueImport.Direction;
import dev.weir.routes.CatalogueImport.Progress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Catalogues that are cut short, and go on where they were. */
class CatalogueRoutesTest {
    private static final int SKUS = 45;

    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void importCutShortAfterAnyPage_goesOnBehindIt_andReadsNoPageTwice() {
        FakeShop backend = backend();
        RoutesModule module = started();
        list(backend, SKUS);
        for (int cut = 0; cut <= 4; cut++) {
            backend.cursors.clear();
            backend.pagesUntilCut = cut;
            assertThatThrownBy(() -> run(module, backend)).isInstanceOf(ChannelException.class);
            assertThat(progress(module, backend, Direction.IN)).satisfies(standing -> {
                assertThat(standing.isDone()).isFalse();
                assertThat(standing.trouble()).contains("cut short");
            });
            backend.pagesUntilCut = Integer.MAX_VALUE;

            assertThat(run(module, backend).read()).isEqualTo(SKUS);

            assertThat(backend.cursors).containsExactly("null", cut == 0 ? "null" : Integer.toString(cut * 10));
            Progress done = progress(module, backend, Direction.IN);
            assertThat(done.isDone()).isTrue();
            assertThat(done.seen()).isEqualTo(SKUS);
            assertThat(done.trouble()).isNull();
        }
        assertThat(bench.shelves.ledger.levels(bench.brand, "", 500)).hasSize(SKUS);
    }

    @Test
    void cursorThatTheShopForgot_isABeginningAnew() {
        FakeShop backend = backend();
        RoutesModule module = started();
        list(backend, SKUS);
        backend.pagesUntilCut = 2;
        assertThatThrownBy(() -> run(module, backend)).isInstanceOf(ChannelException.class);
        backend.pagesUntilCut = Integer.MAX_VALUE;
        backend.forgetsCursors = true;

        assertThat(run(module, backend).read()).isEqualTo(SKUS);
        assertThat(backend.cursors).endsWith("20", "null");
    }

    @Test
    void importThatAnotherHubTookOver_isLeftToIt() {
        FakeShop backend = backend();
        RoutesModule module = started();
        list(backend, SKUS);
        backend.pagesUntilCut = 2;
        assertThatThrownBy(() -> run(module, backend)).isInstanceOf(ChannelException.class);
        backend.pagesUntilCut = Integer.MAX_VALUE;
        backend.onPage = () -> bench.jdbc
                .sql("update catalogue_run set run = gen_random_uuid() where connection_id = :id")
                .param("id", bench.id(backend))
                .update();

        assertThatThrownBy(() -> run(module, backend)).hasMessageContaining("carried on elsewhere");
        assertThat(progress(module, backend, Direction.IN).seen()).isEqualTo(20);
    }

    @Test
    void shopThatFollows_isSentWhatChanged_andARefusalKeepsNoOtherBack() {
        FakeShop follower = follower();
        RoutesModule module = started();
        stock(SKUS);
        follower.refuses.add(sku(7));
        assertThat(run(module, follower).written()).isEqualTo(SKUS - 1);
        assertThat(module.catalogueImport().refusals(bench.id(follower), 10))
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.sku()).isEqualTo(sku(7));
                    assertThat(refusal.reason()).contains("no picture");
                });
        follower.sent.clear();
        bench.shelves.catalogue.put(bench.brand, UUID.randomUUID(), titled(sku(3), "Renamed"));

        assertThat(run(module, follower).written()).isEqualTo(1);
        assertThat(follower.sent).containsExactly(List.of(sku(3)));
        assertThat(progress(module, follower, Direction.OUT).seen()).isEqualTo(SKUS);
    }

    @Test
    void whatNobodySentInTime_andWhatTheShopRefused_goesWithinTheHour() {
        FakeShop follower = follower();
        RoutesModule module = started();
        stock(3);
        follower.refuses.add(sku(1));
        assertThat(run(module, follower).written()).isEqualTo(2);
        follower.refuses.clear();
        follower.sent.clear();
        // As if the hub that noticed had been killed before it sent it.
        bench.shelves.catalogue.put(bench.brand, UUID.randomUUID(), titled(sku(2), "Renamed"));

        bench.jdbc
                .sql("update catalogue_sent set sent_at = sent_at - interval '61 minutes'")
                .update();
        bench.jdbc
                .sql("update connection_chore set next_try_at = now() where kind = 'LISTINGS' and connection_id = :id")
                .param("id", bench.id(follower))
                .update();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(follower.sent.stream().flatMap(List::stream))
                        .containsExactlyInAnyOrder(sku(1), sku(2)));
        await().untilAsserted(() -> assertThat(module.catalogueImport().refusals(bench.id(follower), 10))
                .isEmpty());
        assertThat(module.chores().of(bench.id(follower)))
                .filteredOn(chore -> chore.kind() == ConnectionChores.Kind.LISTINGS)
                .singleElement()
                .satisfies(chore -> assertThat(chore.error()).isNull());
    }

    @Test
    void pushCutShort_goesOnBehindTheLastBatch() {
        FakeShop follower = follower();
        RoutesModule module = started();
        stock(SKUS);
        follower.batchesUntilCut = 2;
        assertThatThrownBy(() -> run(module, follower)).isInstanceOf(ChannelException.class);
        assertThat(progress(module, follower, Direction.OUT).taken()).isEqualTo(20);
        follower.batchesUntilCut = Integer.MAX_VALUE;

        assertThat(run(module, follower).written()).isEqualTo(SKUS - 20);
        assertThat(follower.sent.stream().flatMap(List::stream)).hasSize(SKUS).doesNotHaveDuplicates();
        assertThat(follower.sent).extracting(List::size).containsExactly(10, 10, 10, 10, 5);
        assertThat(progress(module, follower, Direction.OUT).taken()).isEqualTo(SKUS);
    }

    @Test
    void newsOfStock_goesAtOnce_whileTheStockOfNewListingsWaitsForItsTurn() {
        FakeShop follower = follower();
        follower.busy = true;
        RoutesModule module = started();
        stock(SKUS);
        run(module, follower);

        bench.shelves.tell(bench.brand, sku(4), 3, 9);

        await().untilAsserted(() -> assertThat(follower.levels).containsEntry(sku(4), 3));
        assertThat(follower.levels).doesNotContainKey(sku(5));
        follower.busy = false;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(follower.levels).hasSize(SKUS));
    }

    @Test
    void productThatTheShopDoesNotHave_isListedWhenItsStockChanges_andThenToldItsLevel() {
        FakeShop follower = follower();
        started();
        bench.shelves.catalogue.put(bench.brand, bench.id(backend()), titled(sku(1), "New"));
        bench.shelves.tell(bench.brand, sku(1), 6, 1);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(follower.levels).containsEntry(sku(1), 6));
        assertThat(follower.sent).containsExactly(List.of(sku(1)));
    }

    private FakeShop backend() {
        return bench.shop("backend", Capability.ORDER_PUSH, Capability.CATALOGUE_READ);
    }

    private FakeShop follower() {
        return bench.shop("follower", Capability.CATALOGUE_WRITE, Capability.STOCK_WRITE);
    }

    private RoutesModule started() {
        RoutesModule module = bench.start();
        module.firstImport().join();
        return module;
    }

    private CatalogueImport.Report run(RoutesModule module, FakeShop shop) {
        return module.catalogueImport().run(bench.id(shop));
    }

    private Progress progress(RoutesModule module, FakeShop shop, Direction direction) {
        return module.catalogueImport().progress(bench.id(shop)).stream()
                .filter(one -> one.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    private static void list(FakeShop shop, int count) {
        IntStream.range(0, count).forEach(i -> shop.listings.put(sku(i), RoutesBench.listing(sku(i))));
    }

    /** Products with stock, as if a backend had brought them. */
    private void stock(int count) {
        for (int i = 0; i < count; i++) {
            bench.shelves.catalogue.put(bench.brand, UUID.randomUUID(), titled(sku(i), "A " + sku(i)));
            bench.shelves.keep(bench.brand, sku(i), 12, 1);
        }
    }

    private static Listing titled(Sku sku, String title) {
        return new Listing(sku, title, Money.of("10.00", "EUR"), null, "id-" + sku, "ref-" + sku, 12);
    }

    private static Sku sku(int number) {
        return new Sku(String.format("S-%03d", number));
    }
}
