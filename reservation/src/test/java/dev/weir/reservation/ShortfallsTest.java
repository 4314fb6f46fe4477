package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.Shortfall.Option;
import dev.weir.reservation.Shortfall.Remedy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShortfallsTest {
    private Shop shop;
    private Shortfalls shortfalls;
    private Sku sku;

    @BeforeEach
    void openShop() {
        shop = new Shop(Servers.database(), null);
        shortfalls = shop.module.shortfalls();
        sku = shop.stocked("DRESS", 10);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        shop.invariantHolds();
        shop.close();
    }

    @Test
    void saleBeyondWhatIsThere_opensOneCase_howeverOftenItIsTried() {
        Sku other = shop.stocked("SHIRT", 5);
        Sale sale = new Sale(shop.brand, "tiktok-shop", Map.of(sku, 12, other, 2, new Sku("NOPE"), 1), "order/1");
        assertThat(shop.reservations.sell(sale)).isEqualTo(new SaleOutcome.Shortfall(sku, 12, 10));
        assertThat(shop.reservations.sell(sale)).isInstanceOf(SaleOutcome.Shortfall.class);

        Shortfall only = open();
        assertThat(only.lines())
                .containsExactly(new Shortfall.Line(sku, 12, 10), new Shortfall.Line(new Sku("NOPE"), 1, 0));
        assertThat(only.resolution()).isNull();
        assertThat(shop.level(sku).sold()).isZero();
        assertThat(shop.level(other).sold()).isZero();
    }

    @Test
    void caseOfARolledBackSale_isNotThere() {
        shop.transactions.executeWithoutResult(status -> {
            sell("1", 12);
            status.setRollbackOnly();
        });
        assertThat(shortfalls.list(shop.brand, true, 10)).isEmpty();
    }

    @Test
    void remedies_areRanked_richestOtherChannelFirst() {
        allocate("instagram", 5);
        allocate("shopify", 3);
        allocate("magento", 1);
        sell("1", 4);
        assertThat(open().remedies())
                .containsExactly(
                        new Option(Remedy.OTHER_ALLOCATION, "instagram"),
                        new Option(Remedy.OTHER_ALLOCATION, "shopify"),
                        new Option(Remedy.BACKORDER, null),
                        new Option(Remedy.WAITLIST, null),
                        new Option(Remedy.CANCEL_ON_CHANNEL, null));
    }

    @Test
    void waiting_comesBeforeNewGoods_whenLiveHoldsCouldBringTheUnits() {
        shop.held(sku, 9);
        sell("1", 5);
        assertThat(open().remedies())
                .extracting(Option::remedy)
                .containsExactly(Remedy.WAITLIST, Remedy.BACKORDER, Remedy.CANCEL_ON_CHANNEL);
    }

    @Test
    void firstDecision_stands_andSaysWhoChoseWhat() {
        sell("1", 12);
        assertThat(resolve(Remedy.WAITLIST, null)).isTrue();
        assertThat(resolve(Remedy.BACKORDER, null)).isFalse();

        assertThat(shortfalls.list(shop.brand, true, 10)).isEmpty();
        Shortfall decided = shortfalls.list(shop.brand, false, 10).getFirst();
        assertThat(decided.resolution())
                .isEqualTo(new Shortfall.Resolution(
                        new Option(Remedy.WAITLIST, null), "ops", "told the buyer", shop.clock.instant()));
        assertThat(shortfalls.find(shop.brand, "order/1")).contains(decided);
        assertThat(shortfalls.find("another brand", "order/1")).isEmpty();
    }

    @Test
    void cancelOnChannel_asksOnce_andARefusalGivesTheCaseBackWithoutIt() {
        sell("1", 12);
        assertThat(shortfalls.cancelRefused(shop.brand, "order/1", "nobody asked"))
                .isFalse();
        assertThat(resolve(Remedy.CANCEL_ON_CHANNEL, null)).isTrue();
        assertThat(resolve(Remedy.CANCEL_ON_CHANNEL, null)).isFalse();
        assertThat(open().state()).isEqualTo(Shortfall.State.CANCELLING);
        assertThat(shop.outbox.of(shop.brand))
                .filteredOn(told -> told.type().equals(Shortfalls.CANCEL_ASKED))
                .singleElement()
                .satisfies(told -> assertThat(told.key()).isEqualTo("order/1"));

        assertThat(shortfalls.cancelRefused(shop.brand, "order/1", "shipped")).isTrue();
        Shortfall again = open();
        assertThat(again.state()).isEqualTo(Shortfall.State.OPEN);
        assertThat(again.refusal()).isEqualTo("shipped");
        assertThat(again.resolution()).isNull();
        assertThat(again.remedies()).extracting(Option::remedy).containsExactly(Remedy.BACKORDER, Remedy.WAITLIST);
    }

    @Test
    void orderThatTheChannelCalledOff_closesTheCase_andNotTwice() {
        sell("1", 12);
        resolve(Remedy.CANCEL_ON_CHANNEL, null);
        shop.reservations.calledOff(shop.brand, "order/1");
        shop.reservations.calledOff(shop.brand, "order/1");
        assertThat(shortfalls.list(shop.brand, true, 10)).isEmpty();
        assertThat(shortfalls.cancelRefused(shop.brand, "order/1", "too late")).isFalse();
        assertThat(resolution().chosen().remedy()).isEqualTo(Remedy.CANCEL_ON_CHANNEL);
    }

    @Test
    void twoDecisionsAtOnce_oneStands() throws Exception {
        sell("1", 12);
        assertThat(Shop.atOnce(8, () -> resolve(Remedy.WAITLIST, null))).containsOnlyOnce(true);
    }

    @Test
    void otherAllocation_givesUpWhatIsMissing_inTwoSteps_andTheSaleCanBeTriedAgain() {
        allocate("instagram", 8);
        sell("1", 4);
        assertThat(resolve(Remedy.OTHER_ALLOCATION, "instagram")).isTrue();

        List<StockLevel> told = List.copyOf(shop.module
                .channelLevels()
                .published(shop.brand, "instagram", List.of(sku))
                .values());
        assertThat(told.getFirst().available()).isEqualTo(6);
        assertThat(shop.level(sku).available()).isEqualTo(2);
        assertThat(sell("1", 4)).isInstanceOf(SaleOutcome.Shortfall.class);
        shop.module.channelLevels().confirmed(shop.brand, "instagram", told);
        shop.clock.move(Duration.ofSeconds(30));
        assertThat(ready()).isEmpty();
        shop.module.allocations().settle();
        assertThat(ready()).containsExactly(new Shortfalls.Waiting(shop.brand, "order/1"));
        assertThat(sell("1", 4)).isInstanceOf(SaleOutcome.Taken.class);
        assertThat(ready()).isEmpty();
        assertThat(resolution().chosen()).isEqualTo(new Option(Remedy.OTHER_ALLOCATION, "instagram"));
    }

    @Test
    void callingOff_endsTheWaiting_andWhoeverIsToBeCancelledDoesNotWait() {
        sell("1", 12);
        resolve(Remedy.BACKORDER, null);
        shop.stocked("DRESS", 12);
        assertThat(ready()).hasSize(1);
        shop.reservations.calledOff(shop.brand, "order/1");
        assertThat(ready()).isEmpty();
        assertThat(resolution().chosen().remedy()).isEqualTo(Remedy.BACKORDER);

        sell("2", 13);
        shortfalls.resolve(shop.brand, "order/2", Remedy.CANCEL_ON_CHANNEL, null, "ops", "");
        shop.stocked("DRESS", 13);
        assertThat(ready()).isEmpty();
    }

    @Test
    void remedyThatCannotBeHad_changesNothing() {
        allocate("instagram", 1);
        sell("1", 12);
        assertThatThrownBy(() -> resolve(Remedy.OTHER_ALLOCATION, "instagram"))
                .hasMessage("from: instagram with 1 of DRESS (expected: a channel with 3 or more)");
        assertThatThrownBy(() -> resolve(Remedy.OTHER_ALLOCATION, null)).hasMessageStartingWith("remedy: OTHER");
        assertThatThrownBy(() -> resolve(Remedy.SETTLED, null)).hasMessageStartingWith("remedy: SETTLED");
        assertThat(open().resolution()).isNull();
        assertThat(shop.level(sku).allocations()).containsExactly(new StockLedger.Allocation("instagram", 1));
    }

    @Test
    void unitsThatCame_orASaleThatWasCalledOff_closeTheCase() {
        sell("1", 12);
        shop.stocked("DRESS", 20);
        assertThat(sell("1", 12)).isInstanceOf(SaleOutcome.Taken.class);
        assertThat(shortfalls.list(shop.brand, true, 10)).isEmpty();

        sell("2", 99);
        sell("2/restated/x", 98);
        sell("20", 97);
        shop.reservations.calledOff(shop.brand, "order/2");
        shop.reservations.calledOff(shop.brand, "order/2");
        assertThat(open().cause()).isEqualTo("order/20");
        assertThat(shortfalls.find(shop.brand, "order/2/restated/x"))
                .get()
                .extracting(Shortfall::resolution)
                .isEqualTo(new Shortfall.Resolution(
                        new Option(Remedy.SETTLED, null), "hub", "the sale was called off", shop.clock.instant()));
    }

    private Shortfall open() {
        List<Shortfall> open = shortfalls.list(shop.brand, true, 10);
        assertThat(open).hasSize(1);
        return open.getFirst();
    }

    private List<Shortfalls.Waiting> ready() {
        return shortfalls.ready(200).stream()
                .filter(waiting -> waiting.brand().equals(shop.brand))
                .toList();
    }

    private Shortfall.Resolution resolution() {
        return Objects.requireNonNull(
                shortfalls.find(shop.brand, "order/1").orElseThrow().resolution());
    }

    private void allocate(String channel, int units) {
        shop.module.allocations().resize(shop.brand, sku, channel, units, "test");
    }

    private SaleOutcome sell(String order, int units) {
        return shop.reservations.sell(new Sale(shop.brand, "tiktok-shop", Map.of(sku, units), "order/" + order));
    }

    private boolean resolve(Remedy remedy, @org.jspecify.annotations.Nullable String from) {
        return shortfalls.resolve(shop.brand, "order/1", remedy, from, "ops", "told the buyer");
    }
}
