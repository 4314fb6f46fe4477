package dev.weir.routes;

import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements;
import dev.weir.routes.ConnectionChores.Kind;
import dev.weir.routes.ConnectionChores.Standing;
import dev.weir.routes.WebhookLog.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopChoresTest {
    private final RoutesBench bench = new RoutesBench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static Standing standing(RoutesModule module, UUID id, Kind kind) {
        return module.chores().of(id).stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shopThatIsConnected_isSubscribedTo_andAgainAfterItWasDropped_andWhatWasMissedComesIn() {
        FakeShop shop =
                bench.shop("shop", Capability.WEBHOOK_SUBSCRIPTION, Capability.ORDER_WEBHOOK, Capability.ORDER_POLL);
        RoutesModule module = bench.start();
        UUID id = bench.id(shop);
        URI address = URI.create("https://hub.example/webhooks/shop/" + id);
        await().untilAsserted(() ->
                assertThat(shop.subscribed).containsEntry("orders", address).containsEntry("products", address));

        shop.subscribed.remove("orders");
        shop.orders.put("3", shop.order("3", bench.clock.instant()));
        bench.jdbc
                .sql("update connection_chore set next_try_at = now() where kind = 'SUBSCRIPTIONS'")
                .update();

        await().untilAsserted(() -> assertThat(shop.subscribed).containsEntry("orders", address));
        await().untilAsserted(() -> assertThat(
                        standing(module, id, Kind.SUBSCRIPTIONS).found())
                .isEqualTo("2 subscriptions stand; mended: orders was missing"));
        await().untilAsserted(() -> assertThat(bench.books.effects(id)).containsExactly("order 3"));
    }

    @Test
    void platformThatWillNotSubscribe_isShown_andAskedAgainOnceTheOperatorHasMendedIt() {
        FakeShop shop = bench.shop("shop", Capability.WEBHOOK_SUBSCRIPTION);
        shop.healFaults.add(new ChannelException(Fault.REJECTED, "address: http (expected: https)"));
        RoutesModule module = bench.start();
        UUID id = bench.id(shop);
        await().untilAsserted(() -> assertThat(
                        standing(module, id, Kind.SUBSCRIPTIONS).error())
                .isEqualTo("REJECTED: address: http (expected: https)"));
        assertThat(standing(module, id, Kind.SUBSCRIPTIONS).nextAt())
                .isAfter(bench.clock.instant().plus(Duration.ofMinutes(5)));

        module.importSoon(id);

        await().untilAsserted(() -> {
            assertThat(standing(module, id, Kind.SUBSCRIPTIONS).error()).isNull();
            assertThat(standing(module, id, Kind.SUBSCRIPTIONS).doneAt()).isNotNull();
        });
    }

    @Test
    void hubWithoutAPublicAddress_isNoFailure_andSaysWhyNothingIsPushed() {
        bench.hub = "http://localhost:8080";
        FakeShop shop = bench.shop("shop", Capability.WEBHOOK_SUBSCRIPTION);
        shop.healFaults.add(new ChannelException(Fault.REJECTED, "address: http (expected: https)"));
        RoutesModule module = bench.start();
        UUID id = bench.id(shop);

        await().untilAsserted(() -> assertThat(
                        standing(module, id, Kind.SUBSCRIPTIONS).found())
                .isEqualTo("not subscribed, because this hub has no public address: address: http (expected: https)"));
        assertThat(standing(module, id, Kind.SUBSCRIPTIONS).error()).isNull();
    }

    @Test
    void whatIsDue_isDoneByOneHub_howeverManyThereAre() {
        FakeShop shop = bench.shop("shop", Capability.WEBHOOK_SUBSCRIPTION);
        RoutesModule one = bench.start();
        bench.start();
        UUID id = bench.id(shop);
        await().untilAsserted(() ->
                assertThat(standing(one, id, Kind.SUBSCRIPTIONS).doneAt()).isNotNull());

        bench.jdbc
                .sql("update connection_chore set next_try_at = now(), done_at = null where connection_id = :id")
                .param("id", id)
                .update();
        await().untilAsserted(() ->
                assertThat(standing(one, id, Kind.SUBSCRIPTIONS).doneAt()).isNotNull());

        assertThat(shop.heals).hasValue(2);
    }

    @Test
    void listingThatTheShopSaysChanged_isReadSinceTheLastMark_andItsPriceGoesToEachShopInOneWay() {
        FakeShop backend =
                bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_CHANGES);
        FakeShop follower = bench.shop("follower", Capability.PRICE_WRITE, Capability.CATALOGUE_WRITE);
        FakeShop other = bench.shop("other", Capability.PRICE_WRITE);
        bench.list(backend, TEE);
        bench.list(follower, TEE);
        bench.list(other, TEE);
        RoutesModule module = bench.start();
        await().untilAsserted(() -> assertThat(follower.listings).containsKey(TEE));
        Listing plain = RoutesBench.listing(TEE);
        backend.changed.add(new Listing(
                TEE,
                plain.title(),
                Money.of("12.00", "EUR"),
                plain.imageUrl(),
                plain.externalId(),
                plain.stockRef(),
                plain.onHand()));

        UUID delivery = bench.deliver(module, backend, "d1", "product 9").id();

        await().untilAsserted(() -> assertThat(other.prices).containsEntry(TEE, Money.of("12.00", "EUR")));
        await().untilAsserted(
                        () -> assertThat(follower.listings.get(TEE).price()).isEqualTo(Money.of("12.00", "EUR")));
        assertThat(follower.prices).isEmpty();
        assertThat(bench.entry(module, delivery).state()).isEqualTo(State.PROCESSED);
        assertThat(bench.shelves.catalogue.find(bench.brand, TEE).orElseThrow().price())
                .isEqualTo(Money.of("12.00", "EUR"));
        Instant first = backend.changesAsked.getFirst();
        assertThat(first).isBefore(bench.clock.instant().minus(Duration.ofMinutes(14)));
        bench.deliver(module, backend, "d2", "product 9");
        await().untilAsserted(() -> assertThat(backend.changesAsked).hasSize(2));
        assertThat(backend.changesAsked.getLast()).isEqualTo(FakeShop.AT.isAfter(first) ? FakeShop.AT : first);
    }

    @Test
    void titleThatChanged_listsTheProductAgain_whereItIsFollowed() {
        FakeShop backend =
                bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_CHANGES);
        FakeShop follower = bench.shop("follower", Capability.PRICE_WRITE, Capability.CATALOGUE_WRITE);
        bench.list(backend, TEE);
        bench.list(follower, TEE);
        RoutesModule module = bench.start();
        await().untilAsserted(() -> assertThat(follower.listings).containsKey(TEE));
        Listing plain = RoutesBench.listing(TEE);
        backend.changed.add(new Listing(
                TEE, "A better tee", plain.price(), null, plain.externalId(), plain.stockRef(), plain.onHand()));

        bench.deliver(module, backend, "d1", "product 9");

        await().untilAsserted(
                        () -> assertThat(follower.listings.get(TEE).title()).isEqualTo("A better tee"));
        assertThat(follower.prices).isEmpty();
    }

    @Test
    void productThatIsNew_isListedWhereItIsFollowed_andNowhereElse() {
        FakeShop backend =
                bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_CHANGES);
        FakeShop follower = bench.shop("follower", Capability.CATALOGUE_WRITE);
        FakeShop other = bench.shop("other", Capability.PRICE_WRITE);
        RoutesModule module = bench.start();
        module.firstImport().join();
        backend.changed.add(RoutesBench.listing(TEE));

        bench.deliver(module, backend, "d1", "product 9");

        await().untilAsserted(() -> assertThat(follower.listings).containsKey(TEE));
        assertThat(other.prices).isEmpty();
        assertThat(other.listings).doesNotContainKey(TEE);
    }

    @Test
    void changeThatWasTakenInBeforeTheHubWasKilled_goesToTheFollower_whenTheNextOneStarts() {
        FakeShop backend =
                bench.shop("backend", Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_CHANGES);
        FakeShop follower = bench.shop("follower", Capability.CATALOGUE_WRITE);
        bench.list(backend, TEE);
        bench.list(follower, TEE);
        bench.start();
        await().untilAsserted(() -> assertThat(follower.listings).containsKey(TEE));
        Listing plain = RoutesBench.listing(TEE);
        bench.shelves.catalogue.put(
                bench.brand,
                bench.id(backend),
                new Listing(
                        TEE,
                        "A better tee",
                        plain.price(),
                        null,
                        plain.externalId(),
                        plain.stockRef(),
                        plain.onHand()));

        bench.start();

        await().untilAsserted(
                        () -> assertThat(follower.listings.get(TEE).title()).isEqualTo("A better tee"));
    }

    @Test
    void listingOfAShopThatCannotBeAsked_waits() {
        FakeShop shop = bench.shop("shop", Capability.ORDER_WEBHOOK);
        RoutesModule module = bench.start();
        UUID id = bench.deliver(module, shop, "d1", "product 9").id();
        await().untilAsserted(() -> assertThat(bench.entry(module, id).state()).isEqualTo(State.PARKED));
    }

    @Test
    void statementThatIsAnnounced_isReadAgainWhenItIsPaid_andStandsOnceWithItsLines() {
        FakeShop shop = bench.shop("shop", Capability.SETTLEMENT);
        Settlements.Line sale = new Settlements.Line("7", "SALES", Settlements.Part.SOLD, Money.of("10.00", "EUR"));
        Settlements.Line kept =
                new Settlements.Line(null, "PLATFORM_COMMISSION", Settlements.Part.KEPT, Money.of("-0.90", "EUR"));
        shop.statements.add(
                new Settlements.Statement("s1", FakeShop.AT, null, Money.of("10.00", "EUR"), List.of(sale)));
        RoutesModule module = bench.start();
        UUID id = bench.id(shop);
        module.chores().soon(id);
        await().untilAsserted(() -> assertThat(payouts(module))
                .singleElement()
                .satisfies(one -> assertThat(one.paidAt()).isNull()));

        shop.statements.set(
                0,
                new Settlements.Statement(
                        "s1", FakeShop.AT, FakeShop.AT.plusSeconds(60), Money.of("9.10", "EUR"), List.of(sale, kept)));
        module.chores().soon(id);

        await().untilAsserted(() -> assertThat(payouts(module)).singleElement().satisfies(one -> {
            assertThat(one.paidAt()).isEqualTo(FakeShop.AT.plusSeconds(60));
            assertThat(one.amount()).isEqualTo(Money.of("9.10", "EUR"));
        }));
        assertThat(module.payouts().lines(bench.brand, id, "s1"))
                .containsExactly(
                        new Payouts.Line("7", "SALES", Settlements.Part.SOLD, Money.of("10.00", "EUR")),
                        new Payouts.Line(null, "PLATFORM_COMMISSION", Settlements.Part.KEPT, Money.of("-0.90", "EUR")));
        assertThat(module.payouts().lines("another brand", id, "s1")).isEmpty();
    }

    private List<Payouts.Payout> payouts(RoutesModule module) {
        return module.payouts()
                .list(bench.brand, FakeShop.AT.minusSeconds(1), FakeShop.AT.plusSeconds(1), null, 10)
                .items();
    }
}
