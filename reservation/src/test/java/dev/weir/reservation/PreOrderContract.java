package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is promised of units that are sold before they are there. */
abstract class PreOrderContract {
    private static final LocalDate DAY = LocalDate.of(2026, 12, 10);
    private static final String TIKTOK = "tiktok-shop";

    protected Shop shop;
    private Sku sku;

    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
        sku = shop.stocked("LATER", 2);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        try (Shop open = shop) {
            open.invariantHolds();
            open.clock.move(Duration.ofMillis(1));
            open.module.proof().prove();
            assertThat(open.module.proof().summary(open.brand).breaches()).isZero();
        }
    }

    @Test
    void unitsBeyondWhatIsOnHand_areHeldUpToTheNumber_andTheHoldSaysWhich() {
        rules(3, DAY);
        assertThat(shop.held(sku, 1).preOrder()).isEmpty();
        Hold both = shop.held(sku, 3);
        assertThat(both.preOrder()).containsExactly(new PreOrder(sku, 2, DAY));
        assertThat(shop.level(sku))
                .extracting(StockLedger.Level::available, StockLedger.Level::preOrder, StockLedger.Level::shipsFrom)
                .containsExactly(1, 1, DAY);
        assertThat(shop.held(sku, 1).preOrder()).containsExactly(new PreOrder(sku, 1, DAY));
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        assertThat(shop.reservations.find(both.id()).map(Hold::preOrder)).contains(both.preOrder());
        assertThat(shop.reservations.commit(both.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void repeatOfATap_isToldTheSame_evenWhenTheDayHasChanged() {
        rules(3, null);
        HoldRequest tap = shop.ask("tap", line(sku, 4));
        List<PreOrder> told = granted(shop.reservations.hold(tap)).hold().preOrder();
        assertThat(told).containsExactly(new PreOrder(sku, 2, null));
        rules(3, DAY);
        assertThat(granted(shop.reservations.hold(tap)).hold().preOrder()).isEqualTo(told);
    }

    @Test
    void rushAtTwoHubs_getsWhatIsOnHandAndTheNumber_andNoMore_alsoAfterARebuild() throws Exception {
        rules(3, DAY);
        shop.module.rebuild(shop.brand);
        try (ReservationModule other = shop.hub()) {
            AtomicInteger turn = new AtomicInteger();
            List<HoldOutcome> outcomes = Shop.atOnce(
                    30,
                    () -> (turn.getAndIncrement() % 2 == 0 ? shop.reservations : other.reservations())
                            .hold(shop.ask(UUID.randomUUID().toString(), line(sku, 1))));
            assertThat(granted(outcomes)).isEqualTo(5);
            assertThat(outcomes)
                    .filteredOn(HoldOutcome.Granted.class::isInstance)
                    .flatExtracting(outcome -> granted(outcome).hold().preOrder())
                    .hasSize(3);
        }
    }

    @Test
    void number_cannotFallBelowWhatIsPromised_norCanWhatIsOnHand() {
        rules(3, DAY);
        shop.held(sku, 4);
        assertThatThrownBy(() -> rules(1, DAY))
                .hasMessage("preOrder of LATER: 1 (expected: 2 or more, which are promised)");
        assertThatThrownBy(() -> shop.stock.setOnHand(shop.brand, sku, 0, "count"))
                .hasMessageContaining("onHand of LATER: 0 (expected: 1 or more");
        shop.stock.setOnHand(shop.brand, sku, 1, "count");
        assertThat(shop.level(sku).available()).isZero();
        shop.stock.setOnHand(shop.brand, sku, 4, "delivery");
        rules(0, null);
        assertThat(shop.level(sku).available()).isZero();
    }

    @Test
    void channels_areNeverToldOf_norSold_norAllotted_whatIsNotThere() {
        rules(5, DAY);
        assertThat(published()).isEqualTo(2);
        assertThat(shop.module.allocations().resize(shop.brand, sku, TIKTOK, 4, "test"))
                .isInstanceOf(AllocationOutcome.Set.class);
        assertThat(shop.level(sku).allocations()).containsExactly(new StockLedger.Allocation(TIKTOK, 2));
        assertThat(shop.held(sku, 1).preOrder()).hasSize(1);
        assertThat(shop.reservations.sell(new Sale(shop.brand, "shopify", Map.of(sku, 1), "order/1")))
                .isEqualTo(new SaleOutcome.Shortfall(sku, 1, 0));
        assertThat(shop.reservations.sell(new Sale(shop.brand, TIKTOK, Map.of(sku, 2), "order/2")))
                .isInstanceOf(SaleOutcome.Taken.class);
        assertThat(shop.level(sku).available()).isEqualTo(4);
    }

    @Test
    void wholeLine_isServedWhenUnitsMayBePreOrdered() {
        shop.held(sku, 2);
        fair(0);
        Waitlist.JoinOutcome joined = shop.module.waitlist().join(shop.ask("wait", line(sku, 1)));
        fair(3);
        Waitlist.Entry entry = shop.module
                .waitlist()
                .find(((Waitlist.JoinOutcome.Joined) joined).entry().id())
                .orElseThrow();
        assertThat(entry.state()).isEqualTo(Waitlist.State.OFFERED);
        assertThat(shop.reservations.findByToken(entry.token()).map(Hold::preOrder))
                .contains(List.of(new PreOrder(sku, 1, DAY)));
        assertThat(shop.level(sku).available()).isEqualTo(2);
        assertThat(shop.module.waitlist().join(shop.ask("more", line(sku, 1))))
                .isEqualTo(new Waitlist.JoinOutcome.NotSoldOut(sku, 2));
    }

    @Test
    void componentThatIsNotThere_isNamedInAHoldOfItsBundle() {
        Sku cup = shop.stocked("CUP", 10);
        Sku set = new Sku("SET");
        shop.module.bundles().define(shop.brand, new Bundle(set, new TreeMap<>(Map.of(sku, 1, cup, 2))));
        rules(2, DAY);
        assertThat(shop.level(set))
                .extracting(StockLedger.Level::available, StockLedger.Level::preOrder, StockLedger.Level::shipsFrom)
                .containsExactly(4, 2, DAY);
        assertThat(shop.held(set, 3).preOrder()).containsExactly(new PreOrder(sku, 1, DAY));
    }

    @Test
    void history_tellsSinceWhenHowManyMayBePreOrdered() {
        rules(3, DAY);
        shop.held(sku, 4);
        rules(2, DAY);
        assertThat(shop.module.history().ofSku(shop.brand, sku, StockHistory.NEWEST, 10))
                .extracting(
                        StockHistory.Moved::kind,
                        moved -> moved.by().preOrder(),
                        moved -> moved.after() == null ? null : moved.after().free())
                .containsExactly(
                        tuple("PRE_ORDER", -1, 0),
                        tuple("HOLD", 0, 1),
                        tuple("PRE_ORDER", 3, 5),
                        tuple("ON_HAND", 0, 2));
    }

    @Test
    void whatIsOutOfRange_isRefused() {
        assertThatThrownBy(() -> rules(-1, DAY)).hasMessage("preOrder: -1 (expected: 0..1000000)");
        assertThatThrownBy(() -> rules(1, LocalDate.of(1999, 12, 31)))
                .hasMessage("shipsFrom: 1999-12-31 (expected: a day of the years 2000..2999)");
        FairnessRules rules = new FairnessRules(true, 30, 2, true, 7, DAY);
        shop.module.fairness().setRules(shop.brand, sku, rules);
        assertThat(shop.module.fairness().rules(shop.brand, sku)).contains(rules);
    }

    private int published() {
        return shop.module
                .channelLevels()
                .published(shop.brand, TIKTOK, List.of(sku))
                .get(sku)
                .available();
    }

    private void fair(int preOrder) {
        shop.module.fairness().setRules(shop.brand, sku, new FairnessRules(true, 20, null, false, preOrder, DAY));
    }

    private void rules(int preOrder, @Nullable LocalDate shipsFrom) {
        shop.module
                .fairness()
                .setRules(shop.brand, sku, new FairnessRules(false, 20, null, false, preOrder, shipsFrom));
    }
}
