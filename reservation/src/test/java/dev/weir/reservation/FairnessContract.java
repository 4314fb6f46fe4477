package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of the rules of a hot drop. */
abstract class FairnessContract {
    protected Shop shop;
    private Fairness fairness;
    private Sku sku;

    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
        fairness = shop.module.fairness();
        sku = shop.stocked("DROP", 10);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        try (Shop open = shop) {
            open.invariantHolds();
        }
    }

    @Test
    void buyer_getsAtMostTheCap_heldAndBoughtTogether_perShow() {
        cap(3, false);
        Hold first = granted(hold("ada", 2)).hold();
        assertThat(hold("ada", 2)).isEqualTo(new HoldOutcome.OverCap(sku, 3, 2));
        shop.reservations.commit(first.id(), "order/1");
        assertThat(hold("ada", 2)).isEqualTo(new HoldOutcome.OverCap(sku, 3, 2));
        granted(hold("ada", 1));
        granted(hold("ben", 3));
        assertThat(shop.level(sku).held() + shop.level(sku).sold()).isEqualTo(6);
    }

    @Test
    void whatCameBackOrLapsed_countsNoLonger() {
        cap(1, false);
        Hold given = granted(hold("ada", 1)).hold();
        shop.reservations.release(given.id());
        granted(hold("ada", 1));
        shop.clock.move(Duration.ofSeconds(90));
        granted(hold("ada", 1));
        assertThat(hold("ada", 1)).isEqualTo(new HoldOutcome.OverCap(sku, 1, 1));
    }

    @Test
    void rushOfOneBuyer_getsTheCapAndNoMore() throws Exception {
        cap(2, false);
        List<HoldOutcome> outcomes = Shop.atOnce(30, () -> hold("ada", 1));
        assertThat(granted(outcomes)).isEqualTo(2);
        assertThat(outcomes).filteredOn(HoldOutcome.OverCap.class::isInstance).hasSize(28);
    }

    @Test
    void rushOfOneBuyerAtTwoHubs_getsTheCapAndNoMore() throws Exception {
        cap(2, false);
        try (ReservationModule other = shop.hub()) {
            AtomicInteger turn = new AtomicInteger();
            List<HoldOutcome> outcomes = Shop.atOnce(
                    30,
                    () -> (turn.getAndIncrement() % 2 == 0 ? shop.reservations : other.reservations())
                            .hold(ask("ada", line(sku, 1))));
            assertThat(granted(outcomes)).isEqualTo(2);
        }
    }

    @Test
    void buyerWithoutAnId_isCappedByNothing_unlessOneIsNeeded() {
        cap(1, false);
        granted(hold(null, 4));
        cap(1, true);
        assertThat(hold(null, 1)).isEqualTo(new HoldOutcome.BuyerNeeded(sku));
        granted(hold("ada", 1));
    }

    @Test
    void componentsOfABundle_countTowardsTheCap() {
        cap(3, false);
        Sku set = new Sku("SET");
        shop.module.bundles().define(shop.brand, new Bundle(set, new TreeMap<>(Map.of(sku, 2))));
        granted(shop.reservations.hold(ask("ada", line(set, 1))));
        assertThat(shop.reservations.hold(ask("ada", line(set, 1)))).isEqualTo(new HoldOutcome.OverCap(sku, 3, 2));
        granted(hold("ada", 1));
    }

    @Test
    void repeatOfATap_isNotCountedTwice() {
        cap(1, false);
        HoldRequest tap = ask("ada", line(sku, 1));
        Hold hold = granted(shop.reservations.hold(tap)).hold();
        assertThat(granted(shop.reservations.hold(tap)).hold().id()).isEqualTo(hold.id());
    }

    @Test
    void shareInPayment_isCapped_whileFair_andThoseWhoPayGoOn() {
        fairness.setRules(shop.brand, sku, new FairnessRules(true, 20, null, false));
        Hold first = shop.held(sku, 1);
        Hold second = shop.held(sku, 1);
        Hold third = shop.held(sku, 1);
        assertThat(shop.reservations.pay(first.id())).isInstanceOf(PayingOutcome.Started.class);
        assertThat(shop.reservations.pay(second.id())).isInstanceOf(PayingOutcome.Started.class);
        assertThat(shop.reservations.pay(third.id())).isEqualTo(new PayingOutcome.ShareTaken(sku, 2, 2));
        assertThat(shop.reservations.find(third.id()).map(Hold::state)).contains(Hold.State.HELD);
        fairness.setRules(shop.brand, sku, new FairnessRules(true, 10, null, false));
        assertThat(shop.reservations.commit(first.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(shop.reservations.commit(third.id(), "order/3")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(shop.reservations.commit(second.id(), "order/2")).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void shareInPayment_isCountedOneByOne_andFreedWhenAPaymentEnds() throws Exception {
        fairness.setRules(shop.brand, sku, new FairnessRules(true, 20, null, false));
        List<HoldOutcome> outcomes = Shop.atOnce(10, () -> shop.hold(sku, 1));
        List<UUID> holds =
                outcomes.stream().map(outcome -> granted(outcome).hold().id()).toList();
        AtomicInteger turn = new AtomicInteger();
        List<PayingOutcome> paying = Shop.atOnce(10, () -> shop.reservations.pay(holds.get(turn.getAndIncrement())));
        assertThat(paying).filteredOn(PayingOutcome.Started.class::isInstance).hasSize(2);
        UUID ended = holds.stream()
                .filter(id ->
                        shop.reservations.find(id).map(Hold::state).equals(java.util.Optional.of(Hold.State.PAYING)))
                .findFirst()
                .orElseThrow();
        shop.reservations.release(ended);
        UUID waiting = holds.stream()
                .filter(id ->
                        shop.reservations.find(id).map(Hold::state).equals(java.util.Optional.of(Hold.State.HELD)))
                .findFirst()
                .orElseThrow();
        assertThat(shop.reservations.pay(waiting)).isInstanceOf(PayingOutcome.Started.class);
        assertThat(shop.reservations.pay(waiting)).isEqualTo(new PayingOutcome.NotHeld());
    }

    @Test
    void oneMayAlwaysPay_howeverManyUnitsItHolds() {
        fairness.setRules(shop.brand, sku, new FairnessRules(true, 20, null, false));
        Hold big = shop.held(sku, 9);
        assertThat(shop.reservations.startPaying(big.id())).isTrue();
        assertThat(shop.reservations.startPaying(shop.held(sku, 1).id())).isFalse();
    }

    @Test
    void rules_areKept_andRefusedOutOfRange() {
        FairnessRules rules = new FairnessRules(true, 35, 4, true);
        assertThat(fairness.rules(shop.brand, sku)).contains(FairnessRules.NONE);
        assertThat(fairness.setRules(shop.brand, sku, rules)).isTrue();
        assertThat(fairness.rules(shop.brand, sku)).contains(rules);
        assertThat(fairness.setRules(shop.brand, new Sku("NONE"), rules)).isFalse();
        assertThat(fairness.rules(shop.brand, new Sku("NONE"))).isEmpty();
        assertThatThrownBy(() -> new FairnessRules(true, 0, null, false))
                .hasMessage("payingPercent: 0 (expected: 1..100)");
        assertThatThrownBy(() -> new FairnessRules(true, 20, 0, false))
                .hasMessage("buyerCap: 0 (expected: 1 or more, or none)");
    }

    private void cap(int units, boolean needed) {
        fairness.setRules(shop.brand, sku, new FairnessRules(false, 20, units, needed));
    }

    private HoldOutcome hold(@Nullable String buyer, int quantity) {
        return shop.reservations.hold(ask(buyer, line(sku, quantity)));
    }

    private HoldRequest ask(@Nullable String buyer, HoldRequest.Line line) {
        HoldRequest any = shop.ask(UUID.randomUUID().toString(), line);
        return new HoldRequest(any.brand(), any.showId(), any.idempotencyKey(), buyer, any.lines(), any.attribution());
    }
}
