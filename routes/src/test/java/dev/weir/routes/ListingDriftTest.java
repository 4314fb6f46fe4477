package dev.weir.routes;

import static dev.weir.routes.DriftBench.BOWL;
import static dev.weir.routes.RoutesBench.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.routes.Drifts.Ask;
import dev.weir.routes.Drifts.Cause;
import dev.weir.routes.Drifts.Entry;
import dev.weir.routes.Drifts.Kind;
import dev.weir.routes.Drifts.Mode;
import dev.weir.routes.Drifts.Run;
import dev.weir.routes.Drifts.State;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingDriftTest {
    private static final Ask HEAL = new Ask(Mode.HEAL, false, true, "mira");

    private final DriftBench drift = new DriftBench(Capability.CATALOGUE_READ, Capability.CATALOGUE_WRITE);
    private final FakeShop shop = drift.shop;

    @AfterEach
    void close() {
        drift.close();
    }

    @Test
    void listingThatWasTakenOffAShop_isFoundAndListedAgain() {
        follow();
        shop.listings.remove(BOWL);

        Entry entry = ofListings(drift.run(HEAL)).getFirst();

        assertThat(entry.words()).contains("somebody took it off");
        assertThat(entry.expected()).isEqualTo("A " + BOWL + ", 10.00 EUR");
        assertThat(entry.seen()).isEqualTo("not listed");
        assertThat(entry.state()).isEqualTo(State.HEALED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(shop.listings).containsKey(BOWL));
    }

    @Test
    void listingThatWasChangedAtAShop_isHeldAgainstWhatItShowedAfterItWasSent_andSentAgain() {
        follow();
        assertThat(ofListings(drift.run(HEAL))).isEmpty();
        Listing shown = shop.listings.get(BOWL);
        shop.listings.put(BOWL, priced(shown, "7.00"));

        Entry entry = ofListings(drift.run(HEAL)).getFirst();

        assertThat(entry.cause()).isEqualTo(Cause.MANUAL_EDIT);
        assertThat(entry.seen()).endsWith("7.00 EUR");
        assertThat(entry.state()).isEqualTo(State.HEALED);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(shop.listings.get(BOWL).price()).isEqualTo(Money.of("10.00", "EUR")));
        assertThat(ofListings(drift.run(HEAL))).isEmpty();
    }

    @Test
    void backendThatListsMore_orOtherwise_isTakenOver_andOneThatListsLess_asks() {
        FakeShop backend = drift.bench.shop(
                "backend",
                Capability.ORDER_PUSH,
                Capability.CATALOGUE_READ,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE);
        backend.listings.put(BOWL, RoutesBench.listing(BOWL));
        backend.listings.put(TEE, RoutesBench.listing(TEE));
        drift.module().firstImport().join();
        backend.listings.put(TEE, priced(RoutesBench.listing(TEE), "12.00"));
        Sku fresh = new Sku("DRIFT-FRESH");
        backend.listings.put(fresh, RoutesBench.listing(fresh));
        backend.listings.remove(BOWL);
        var drifts = drift.module().drifts();
        var asked = drifts.ask(drift.bench.brand, drift.bench.id(backend), HEAL);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        drifts.run(drift.bench.brand, asked.id()).orElseThrow().state() == Drifts.RunState.DONE);

        List<Entry> found = drifts.list(drift.bench.brand, null, null, asked.id(), null, 50).items().stream()
                .filter(one -> one.kind() == Kind.LISTING)
                .toList();
        assertThat(found)
                .extracting(Entry::subject, Entry::state)
                .containsExactlyInAnyOrder(
                        tuple("TEE", State.HEALED),
                        tuple(fresh.value(), State.HEALED),
                        tuple(BOWL.value(), State.ASKS));
        assertThat(drift.bench
                        .shelves
                        .catalogue
                        .find(drift.bench.brand, TEE)
                        .orElseThrow()
                        .price())
                .isEqualTo(Money.of("12.00", "EUR"));
        assertThat(drift.bench.shelves.catalogue.find(drift.bench.brand, fresh)).isPresent();
    }

    /** The shop lists the bowl since long ago, and was told its number. */
    private void follow() {
        drift.bench.shelves.catalogue.put(drift.bench.brand, UUID.randomUUID(), RoutesBench.listing(BOWL));
        drift.module().firstImport().join();
        drift.module().catalogueImport().run(drift.id());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(shop.listings).containsKey(BOWL));
        drift.tell(BOWL, 12);
        drift.bench
                .jdbc
                .sql("update catalogue_sent set sent_at = sent_at - interval '1 hour' where connection_id = :id")
                .param("id", drift.id())
                .update();
    }

    private static List<Entry> ofListings(List<Entry> entries) {
        return entries.stream().filter(one -> one.kind() == Kind.LISTING).toList();
    }

    private List<Entry> ofListings(Run run) {
        return ofListings(drift.found(run));
    }

    private static Listing priced(Listing plain, String price) {
        return new Listing(
                plain.sku(),
                plain.title(),
                Money.of(price, "EUR"),
                plain.imageUrl(),
                plain.externalId(),
                plain.stockRef(),
                plain.onHand());
    }
}
