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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What is promised of a SKU that is sold as several others. */
abstract class BundlesContract {
    private static final Sku SET = new Sku("SET");

    protected Shop shop;
    private Bundles bundles;
    private Sku lamp;
    private Sku bulb;

    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
        bundles = shop.module.bundles();
        lamp = shop.stocked("LAMP", 5);
        bulb = shop.stocked("BULB", 12);
        bundles.define(shop.brand, bundle(Map.of(lamp, 1, bulb, 2)));
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        try (Shop open = shop) {
            open.invariantHolds();
        }
    }

    @Test
    void bundle_isThereAsOftenAsItsScarcestComponentAllows() {
        assertThat(shop.level(SET).available()).isEqualTo(5);
        shop.held(bulb, 5);
        assertThat(shop.level(SET).available()).isEqualTo(3);
        assertThat(shop.hold(SET, 4)).isEqualTo(new HoldOutcome.SoldOut(SET, 4, 3));
        shop.held(SET, 3);
        assertThat(shop.level(SET).available()).isZero();
    }

    @Test
    void stockThatIsBroughtIn_goesToNewSkusOnly_andNeverToABundle() {
        Sku shade = new Sku("SHADE");

        assertThat(shop.module.stock().bringIn(shop.brand, Map.of(SET, 7, lamp, 9, shade, 3), "import"))
                .containsExactly(shade);
        assertThat(shop.module.stock().bringIn(shop.brand, Map.of(shade, 4), "import"))
                .isEmpty();

        assertThat(shop.level(shade).onHand()).isEqualTo(3);
        assertThat(shop.level(lamp).onHand()).isEqualTo(5);
        assertThat(shop.level(SET).available()).isEqualTo(5);
    }

    @Test
    void hold_keepsTheLineAsAsked_andTakesComponents_untilItLapses() {
        Hold hold = shop.held(SET, 2);
        assertThat(hold.lines()).containsExactly(line(SET, 2));
        assertThat(shop.reservations.find(hold.id()).map(Hold::lines)).contains(List.of(line(SET, 2)));
        assertThat(shop.level(lamp).held()).isEqualTo(2);
        assertThat(shop.level(bulb).held()).isEqualTo(4);
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(shop.level(bulb).available()).isEqualTo(12);
        shop.module.sweeper().sweep();
        assertThat(shop.level(lamp).held()).isZero();
        shop.held(SET, 5);
    }

    @Test
    void linesOfTheBundleAndOfItsComponent_areSummed() {
        HoldRequest ask = shop.ask("k", line(SET, 4), line(bulb, 5), line(SET, 1));
        assertThat(shop.reservations.hold(ask)).isEqualTo(new HoldOutcome.SoldOut(bulb, 15, 12));
        granted(shop.reservations.hold(shop.ask("l", line(SET, 4), line(bulb, 4))));
        assertThat(shop.hold(bulb, 1)).isEqualTo(new HoldOutcome.SoldOut(bulb, 1, 0));
        assertThat(shop.hold(lamp, 1)).isInstanceOf(HoldOutcome.Granted.class);
    }

    @Test
    void manyBuyersOfTheBundleAndTheComponent_getWhatIsThere_andNoMore() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        List<HoldOutcome> outcomes = Shop.atOnce(60, () -> shop.hold(turn.getAndIncrement() % 2 == 0 ? SET : bulb, 1));
        assertThat(granted(outcomes)).isPositive();
        StockLedger.Level left = shop.level(bulb);
        assertThat(shop.level(lamp).held() * 2).isLessThanOrEqualTo(left.held());
        assertThat(left.available() == 0 || shop.level(lamp).available() == 0).isTrue();
    }

    @Test
    void releaseAndCommit_moveTheComponents() {
        Hold kept = shop.held(SET, 2);
        Hold given = shop.held(SET, 3);
        shop.reservations.release(given.id());
        assertThat(shop.reservations.commit(kept.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(shop.level(lamp))
                .extracting(StockLedger.Level::sold, StockLedger.Level::held)
                .containsExactly(2, 0);
        assertThat(shop.level(bulb).sold()).isEqualTo(4);
        shop.held(SET, 3);
    }

    @Test
    void channelSaleAndRestock_moveTheComponents_orNothing() {
        Sale sale = new Sale(shop.brand, "instagram", Map.of(SET, 2, bulb, 1), "order/1");
        assertThat(shop.reservations.sell(sale)).isEqualTo(new SaleOutcome.Taken());
        assertThat(shop.level(bulb).sold()).isEqualTo(5);
        assertThat(shop.reservations.sell(new Sale(shop.brand, "instagram", Map.of(SET, 4), "order/2")))
                .isEqualTo(new SaleOutcome.Shortfall(bulb, 8, 7));
        assertThatThrownBy(() -> shop.reservations.restock(sale)).hasMessageContaining("the sale that took them");
        shop.reservations.giveBack(sale, "order/1");
        assertThat(shop.level(bulb).sold()).isZero();
        assertThat(shop.level(lamp).available()).isEqualTo(5);
    }

    @Test
    void refundOfABundleChangedAfterTheSale_putsBackWhatWasSold_andNoMore() {
        Sku shade = shop.stocked("SHADE", 4);
        sold(Map.of(SET, 2, bulb, 1), "order/1");
        sold(Map.of(shade, 4), "order/2");
        bundles.define(shop.brand, bundle(Map.of(bulb, 1, shade, 2)));
        back(Map.of(SET, 1), "order/1/refund/1", "order/1");
        assertThat(shop.level(shade).sold()).isEqualTo(4);
        assertThat(shop.level(lamp).sold()).isEqualTo(1);
        assertThat(shop.level(bulb).sold()).isEqualTo(3);
        back(Map.of(SET, 2), "order/1/refund/2", "order/1");
        back(Map.of(SET, 2, bulb, 1), "order/1/cancelled", "order/1");
        back(Map.of(SET, 2, bulb, 1), "order/1/cancelled", "order/1");
        assertThat(shop.level(bulb).sold()).isZero();
        assertThat(shop.level(lamp).sold()).isZero();
        assertThat(shop.level(shade).sold()).isEqualTo(4);
    }

    @Test
    void refundOfAHoldWhoseBundleWasChanged_orDissolved_putsBackWhatTheHoldTook() {
        Hold hold = shop.held(SET, 2);
        bundles.define(shop.brand, bundle(Map.of(lamp, 2)));
        assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
        sold(Map.of(lamp, 1, bulb, 3), "order/10");
        bundles.dissolve(shop.brand, SET);
        back(Map.of(SET, 1), "order/1/refund/1", "order/1");
        assertThat(shop.level(bulb).sold()).isEqualTo(5);
        assertThat(shop.level(lamp).sold()).isEqualTo(2);
        back(Map.of(SET, 5), "order/1/cancelled", "order/1");
        assertThat(shop.level(bulb).sold()).isEqualTo(3);
        assertThat(shop.level(lamp).sold()).isEqualTo(1);
    }

    @Test
    void orderRestatedAfterItsBundleChanged_givesBackEachSaleAsItWasMade() {
        sold(Map.of(SET, 1), "order/1");
        bundles.define(shop.brand, bundle(Map.of(bulb, 3)));
        back(Map.of(SET, 1), "order/1/restated/9/back", "order/1");
        assertThat(shop.level(lamp).sold()).isZero();
        sold(Map.of(SET, 2), "order/1/restated/9");
        bundles.define(shop.brand, bundle(Map.of(lamp, 1)));
        back(Map.of(SET, 2), "order/1/cancelled", "order/1");
        assertThat(shop.level(bulb).sold()).isZero();
        assertThat(shop.level(lamp).sold()).isZero();
    }

    private void sold(Map<Sku, Integer> units, String cause) {
        assertThat(shop.reservations.sell(new Sale(shop.brand, "instagram", units, cause)))
                .isEqualTo(new SaleOutcome.Taken());
    }

    private void back(Map<Sku, Integer> units, String cause, String sold) {
        shop.reservations.giveBack(new Sale(shop.brand, "instagram", units, cause), sold);
    }

    @Test
    void changedBundle_isHeldAsItIsNow_andOldHoldsKeepWhatTheyTook() {
        Hold old = shop.held(SET, 2);
        bundles.define(shop.brand, bundle(Map.of(bulb, 3)));
        assertThat(shop.held(SET, 1).lines()).containsExactly(line(SET, 1));
        assertThat(shop.level(bulb).held()).isEqualTo(7);
        assertThat(shop.level(lamp).held()).isEqualTo(2);
        shop.reservations.release(old.id());
        assertThat(shop.level(bulb).held()).isEqualTo(3);
        assertThat(shop.level(lamp).held()).isZero();
    }

    @Test
    void otherHubThatMissedTheChange_isToldByTheLedger() {
        shop.held(SET, 1);
        try (ReservationModule other = shop.hub()) {
            assertThat(granted(other.reservations().hold(shop.ask("first", line(SET, 1)))))
                    .isNotNull();
            bundles.define(shop.brand, bundle(Map.of(lamp, 3)));
            assertThat(granted(other.reservations().hold(shop.ask("second", line(SET, 1)))))
                    .isNotNull();
            assertThat(shop.level(lamp).held()).isEqualTo(5);
            assertThat(shop.level(bulb).held()).isEqualTo(4);
        }
    }

    @Test
    void repeatOfATap_isTheSameHold_evenWhenTheBundleHasChanged() {
        HoldOutcome.Granted first = granted(shop.reservations.hold(shop.ask("k", line(SET, 1))));
        bundles.define(shop.brand, bundle(Map.of(bulb, 12)));
        HoldOutcome.Granted again = granted(shop.reservations.hold(shop.ask("k", line(SET, 1))));
        assertThat(again.repeated()).isTrue();
        assertThat(again.hold()).isEqualTo(first.hold());
        assertThat(shop.level(bulb).held()).isEqualTo(2);
    }

    @Test
    void bundleChangedUnderARush_neverTakesHalfOfEach() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        Shop.atOnce(40, () -> {
            int mine = turn.getAndIncrement();
            if (mine % 8 == 0) {
                bundles.define(shop.brand, bundle(mine % 16 == 0 ? Map.of(lamp, 1) : Map.of(bulb, 1)));
                return true;
            }
            return shop.reservations.hold(shop.ask(UUID.randomUUID().toString(), line(SET, 1)))
                    instanceof HoldOutcome.Granted;
        });
        assertThat(shop.jdbc.queryForList(
                        "select id from hold where brand = ? and skus not in ('{LAMP}', '{BULB}', '{BULB,LAMP}')",
                        shop.brand))
                .isEmpty();
    }

    @Test
    void dissolvedBundle_isUnknown_untilItHasStock() {
        assertThat(bundles.dissolve(shop.brand, SET)).isTrue();
        assertThat(bundles.dissolve(shop.brand, SET)).isFalse();
        assertThat(shop.hold(SET, 1)).isEqualTo(new HoldOutcome.UnknownSku(SET));
        shop.stocked("SET", 1);
        shop.held(SET, 1);
        assertThat(shop.level(lamp).held()).isZero();
    }

    @Test
    void bundle_isMadeOfStock_andIsNoStockItself() {
        assertThatThrownBy(() -> bundles.define(shop.brand, new Bundle(lamp, new TreeMap<>(Map.of(bulb, 1)))))
                .hasMessage("sku: LAMP has stock (expected: a SKU without)");
        assertThatThrownBy(() ->
                        bundles.define(shop.brand, new Bundle(new Sku("BIG"), new TreeMap<>(Map.of(SET, 1, lamp, 1)))))
                .hasMessage("components: [SET] (expected: SKUs that have stock)");
        assertThatThrownBy(() -> shop.stocked("SET", 1))
                .hasMessage("sku: SET is a bundle (expected: stock of its components)");
        assertThatThrownBy(() -> bundle(Map.of(SET, 1))).hasMessageContaining("other SKUs than the bundle's own");
        assertThatThrownBy(() -> bundle(Map.of())).hasMessage("components: 0 (expected: 1..20)");
        assertThatThrownBy(() -> bundle(Map.of(lamp, 100))).hasMessage("units of LAMP: 100 (expected: 1..99)");
        assertThat(shop.stock.level(shop.brand, new Sku("BIG"))).isEmpty();
    }

    @Test
    void bundles_comeInPages_andOneByOne() {
        Bundle other = new Bundle(new Sku("ZZ"), new TreeMap<>(Map.of(lamp, 1)));
        bundles.define(shop.brand, other);
        assertThat(bundles.list(shop.brand, "", 1)).containsExactly(bundle(Map.of(lamp, 1, bulb, 2)));
        assertThat(bundles.list(shop.brand, "SET", 5)).containsExactly(other);
        assertThat(bundles.find(shop.brand, SET)).contains(bundle(Map.of(lamp, 1, bulb, 2)));
        assertThat(bundles.find(shop.brand, lamp)).isEmpty();
    }

    @Test
    void rolledBackChange_changesNothing() {
        new TransactionTemplate(shop.transactions.getTransactionManager()).executeWithoutResult(status -> {
            bundles.define(shop.brand, bundle(Map.of(bulb, 12)));
            status.setRollbackOnly();
        });
        shop.held(SET, 2);
        assertThat(shop.level(bulb).held()).isEqualTo(4);
    }

    private static Bundle bundle(Map<Sku, Integer> components) {
        return new Bundle(SET, new TreeMap<>(components));
    }
}
