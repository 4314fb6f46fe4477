package dev.weir.reservation;

import static dev.weir.reservation.Shop.granted;
import static dev.weir.reservation.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What is promised of holds, with Redis in front or without. */
abstract class ReservationsContract {
    protected Shop shop;

    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        try (Shop open = shop) {
            open.invariantHolds();
        }
    }

    @Test
    void twoHundredBuyersOfTenUnits_getExactlyTen_andAllTenAgainAfterNinetySeconds() throws Exception {
        Sku sku = shop.stocked("A", 10);
        assertThat(granted(Shop.atOnce(200, () -> shop.hold(sku, 1)))).isEqualTo(10);
        shop.clock.move(Duration.ofSeconds(89));
        assertThat(shop.hold(sku, 1)).isEqualTo(new HoldOutcome.SoldOut(sku, 1, 0));
        shop.clock.move(Duration.ofSeconds(1));
        assertThat(shop.level(sku).available()).isEqualTo(10);
        assertThat(granted(Shop.atOnce(200, () -> shop.hold(sku, 1)))).isEqualTo(10);
        assertThat(shop.level(sku).held()).isEqualTo(10);
    }

    @Test
    void linesOfOneSku_areSummed() throws Exception {
        Sku sku = shop.stocked("A", 11);
        List<HoldOutcome> outcomes = Shop.atOnce(
                20, () -> shop.reservations.hold(shop.ask(UUID.randomUUID().toString(), line(sku, 1), line(sku, 2))));
        assertThat(granted(outcomes)).isEqualTo(3);
        assertThat(shop.level(sku).held()).isEqualTo(9);
        assertThat(shop.reservations.hold(shop.ask("late", line(sku, 1), line(sku, 2))))
                .isEqualTo(new HoldOutcome.SoldOut(sku, 3, 2));
    }

    @Test
    void severalSkus_areHeldTogetherOrNotAtAll() {
        Sku many = shop.stocked("A", 10);
        Sku few = shop.stocked("B", 1);
        assertThat(shop.reservations.hold(shop.ask("k", line(many, 2), line(few, 2))))
                .isEqualTo(new HoldOutcome.SoldOut(few, 2, 1));
        assertThat(shop.level(many).held()).isZero();
        Hold hold = granted(shop.reservations.hold(shop.ask("l", line(many, 2), line(few, 1))))
                .hold();
        assertThat(hold.lines()).containsExactly(line(many, 2), line(few, 1));
        assertThat(hold.total().minor()).isEqualTo(3 * 1290);
    }

    @Test
    void unknownSku_isNamed() {
        assertThat(shop.hold(new Sku("nowhere"), 1)).isEqualTo(new HoldOutcome.UnknownSku(new Sku("nowhere")));
    }

    @Test
    void sameKeyAndRequest_isTheSameHold_evenWhenNothingIsLeft() {
        Sku sku = shop.stocked("A", 1);
        HoldOutcome.Granted first = granted(shop.reservations.hold(shop.ask("k", line(sku, 1))));
        HoldOutcome.Granted again = granted(shop.reservations.hold(shop.ask("k", line(sku, 1))));
        assertThat(first.repeated()).isFalse();
        assertThat(again.repeated()).isTrue();
        assertThat(again.token()).isEqualTo(first.token());
        assertThat(again.hold()).isEqualTo(first.hold());
        shop.reservations.commit(first.hold().id(), "order/1");
        assertThat(granted(shop.reservations.hold(shop.ask("k", line(sku, 1))))
                        .hold()
                        .state())
                .isEqualTo(Hold.State.COMMITTED);
    }

    @Test
    void concurrentRepeatsOfOneKey_areOneHold() throws Exception {
        Sku sku = shop.stocked("A", 50);
        HoldRequest request = shop.ask("k", line(sku, 2));
        List<HoldOutcome> outcomes = Shop.atOnce(30, () -> shop.reservations.hold(request));
        assertThat(granted(outcomes)).isEqualTo(30);
        assertThat(outcomes)
                .filteredOn(o -> !((HoldOutcome.Granted) o).repeated())
                .hasSize(1);
        assertThat(outcomes.stream().map(o -> ((HoldOutcome.Granted) o).token()).distinct())
                .hasSize(1);
        assertThat(shop.level(sku).held()).isEqualTo(2);
    }

    @Test
    void sameKeyForAnotherRequest_isRefused() {
        Sku sku = shop.stocked("A", 5);
        granted(shop.reservations.hold(shop.ask("k", line(sku, 1))));
        assertThat(shop.reservations.hold(shop.ask("k", line(sku, 2)))).isEqualTo(new HoldOutcome.KeyReused("k"));
        assertThat(shop.level(sku).held()).isEqualTo(1);
    }

    @Test
    void token_findsItsHold_andNoOtherTextDoes() {
        Sku sku = shop.stocked("A", 1);
        HoldOutcome.Granted granted = granted(shop.hold(sku, 1));
        String token = granted.token();
        assertThat(shop.reservations.findByToken(token)).contains(granted.hold());
        char last = token.charAt(0) == 'A' ? 'B' : 'A';
        assertThat(shop.reservations.findByToken(last + token.substring(1))).isEmpty();
        assertThat(shop.reservations.findByToken("")).isEmpty();
        assertThat(shop.reservations.findByToken("x".repeat(100_000))).isEmpty();
        assertThat(shop.jdbc.queryForObject(
                        "select count(*) from hold h where h::text like '%' || ? || '%'", Integer.class, token))
                .isZero();
    }

    @Test
    void hold_keepsItsAttribution() {
        Sku sku = shop.stocked("A", 1);
        Hold hold = shop.held(sku, 1);
        assertThat(shop.reservations.find(hold.id()).map(Hold::attribution))
                .contains(shop.ask("any", line(sku, 1)).attribution());
        assertThat(shop.reservations.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void release_givesUnitsBackAtOnce_andOnce() {
        Sku sku = shop.stocked("A", 1);
        Hold hold = shop.held(sku, 1);
        assertThat(shop.reservations.release(hold.id())).isTrue();
        assertThat(shop.reservations.release(hold.id())).isTrue();
        assertThat(shop.reservations.release(UUID.randomUUID())).isFalse();
        assertThat(shop.level(sku).available()).isEqualTo(1);
        Hold next = shop.held(sku, 1);
        shop.reservations.commit(next.id(), "order/1");
        assertThat(shop.reservations.release(next.id())).isFalse();
        assertThat(shop.reservations.commit(hold.id(), "order/2")).isInstanceOf(CommitOutcome.Lost.class);
    }

    @Test
    void paying_prolongsOnce() {
        Sku sku = shop.stocked("A", 1);
        Hold hold = shop.held(sku, 1);
        shop.clock.move(Duration.ofSeconds(80));
        assertThat(shop.reservations.startPaying(hold.id())).isTrue();
        assertThat(shop.reservations.startPaying(hold.id())).isFalse();
        shop.clock.move(Duration.ofSeconds(179));
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
        assertThat(shop.reservations.find(hold.id()).map(Hold::state)).contains(Hold.State.PAYING);
        shop.clock.move(Duration.ofSeconds(1));
        assertThat(shop.reservations.find(hold.id()).map(Hold::state)).contains(Hold.State.EXPIRED);
        assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.Lost.class);
        shop.held(sku, 1);
    }

    @Test
    void paying_tooLate_isRefused() {
        Hold hold = shop.held(shop.stocked("A", 1), 1);
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(shop.reservations.startPaying(hold.id())).isFalse();
    }

    @Test
    void commit_sellsOnce() {
        Sku sku = shop.stocked("A", 3);
        Hold hold = shop.held(sku, 2);
        assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.AlreadyCommitted.class);
        assertThat(shop.level(sku))
                .extracting(StockLedger.Level::sold, StockLedger.Level::held, StockLedger.Level::available)
                .containsExactly(2, 0, 1);
        assertThat(shop.hold(sku, 2)).isEqualTo(new HoldOutcome.SoldOut(sku, 2, 1));
    }

    @Test
    void commit_afterExpiry_isLost_andSoIsAnUnknownOne() {
        Hold hold = shop.held(shop.stocked("A", 1), 1);
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(shop.reservations.commit(hold.id(), "order/1"))
                .isInstanceOfSatisfying(
                        CommitOutcome.Lost.class,
                        lost -> assertThat(lost.reason()).startsWith("expired"));
        assertThat(shop.reservations.commit(UUID.randomUUID(), "order/1"))
                .isInstanceOfSatisfying(
                        CommitOutcome.Lost.class,
                        lost -> assertThat(lost.reason()).startsWith("unknown"));
    }

    @Test
    void commit_rolledBackWithItsCaller_leavesTheHold() {
        Sku sku = shop.stocked("A", 1);
        Hold hold = shop.held(sku, 1);
        int told = shop.outbox.of(shop.brand).size();
        shop.transactions.executeWithoutResult(status -> {
            assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
            status.setRollbackOnly();
        });
        assertThat(shop.reservations.find(hold.id()).map(Hold::state)).contains(Hold.State.HELD);
        assertThat(shop.outbox.of(shop.brand)).hasSize(told);
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
        assertThat(shop.reservations.commit(hold.id(), "order/1")).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void sweep_expiresWhatIsDue_andTellsTheNewLevel() {
        Sku sku = shop.stocked("A", 5);
        Hold lapsed = shop.held(sku, 3);
        Hold paid = shop.held(sku, 1);
        shop.reservations.commit(paid.id(), "order/1");
        assertThat(shop.module.sweeper().sweep()).isZero();
        shop.clock.move(Duration.ofSeconds(90));
        // The sweeper serves every brand, those of other tests too.
        assertThat(shop.module.sweeper().sweep()).isPositive();
        assertThat(shop.module.sweeper().sweep()).isZero();
        assertThat(shop.jdbc.queryForObject("select state from hold where id = ?", String.class, lapsed.id()))
                .isEqualTo("EXPIRED");
        assertThat(shop.outbox.of(shop.brand).getLast())
                .isEqualTo(new RecordingOutbox.Told(
                        Outbox.STOCK,
                        shop.brand + "/A",
                        "StockChanged",
                        4,
                        shop.level(sku).version()));
    }

    @Test
    void lapsedHoldOfSeveralSkus_comesBackWhole_whenOneOfThemIsAskedFor() {
        Sku asked = shop.stocked("A", 1);
        Sku other = shop.stocked("B", 2);
        Hold lapsed = granted(shop.reservations.hold(shop.ask("k", line(asked, 1), line(other, 2))))
                .hold();
        shop.clock.move(Duration.ofSeconds(90));
        granted(shop.hold(asked, 1));
        assertThat(shop.level(other).held()).isZero();
        assertThat(shop.level(asked).held()).isEqualTo(1);
        assertThat(shop.jdbc.queryForObject("select state from hold where id = ?", String.class, lapsed.id()))
                .isEqualTo("EXPIRED");
    }

    @Test
    void holdThatAnotherHubGranted_isGivenBackWhole() {
        Sku one = shop.stocked("A", 1);
        Sku other = shop.stocked("B", 2);
        Hold hold = granted(shop.reservations.hold(shop.ask("k", line(one, 1), line(other, 2))))
                .hold();
        try (ReservationModule another = shop.hub()) {
            assertThat(another.reservations().release(hold.id())).isTrue();
        }
        assertThat(shop.level(one).held()).isZero();
        assertThat(shop.level(other).held()).isZero();
    }

    @Test
    void sale_takesTheChannelsOwnUnitsFirst_thenFreeOnes() {
        Sku sku = shop.stocked("A", 5);
        shop.allocate(sku, "tiktok-shop", 2);
        assertThat(sell("tiktok-shop", sku, 3)).isEqualTo(new SaleOutcome.Taken());
        assertThat(shop.level(sku).allocations()).isEmpty();
        assertThat(shop.level(sku).available()).isEqualTo(2);
        assertThat(shop.level(sku).sold()).isEqualTo(3);
    }

    @Test
    void shortSale_takesNothing_andNobodyElsesAllocation() {
        Sku sku = shop.stocked("A", 5);
        Sku other = shop.stocked("B", 5);
        shop.allocate(sku, "tiktok-shop", 3);
        Sale sale = new Sale(shop.brand, "instagram", Map.of(sku, 3, other, 1), "order/1");
        assertThat(shop.reservations.sell(sale)).isEqualTo(new SaleOutcome.Shortfall(sku, 3, 2));
        assertThat(shop.level(other).sold()).isZero();
        assertThat(sell("instagram", new Sku("nowhere"), 1))
                .isEqualTo(new SaleOutcome.Shortfall(new Sku("nowhere"), 1, 0));
    }

    @Test
    void sale_mayTakeUnitsOfLapsedHolds_butNotOfLiveOnes() {
        Sku sku = shop.stocked("A", 2);
        shop.held(sku, 2);
        assertThat(sell("instagram", sku, 1)).isEqualTo(new SaleOutcome.Shortfall(sku, 1, 0));
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(sell("instagram", sku, 1)).isEqualTo(new SaleOutcome.Taken());
        shop.held(sku, 1);
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
    }

    @Test
    void restock_putsSoldUnitsBack_butNoMoreThanWereSold() {
        Sku sku = shop.stocked("A", 1);
        sell("instagram", sku, 1);
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
        Sale back = new Sale(shop.brand, "instagram", Map.of(sku, 1), "refund/1");
        shop.reservations.restock(back);
        shop.held(sku, 1);
        assertThatThrownBy(() -> shop.reservations.restock(back))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 (expected: at most the 0 sold)");
    }

    @Test
    void onHand_cannotFallBelowWhatIsPromised() {
        Sku sku = shop.stocked("A", 5);
        shop.held(sku, 3);
        assertThatThrownBy(() -> shop.stock.setOnHand(shop.brand, sku, 2, "count"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("onHand of A: 2 (expected: 3 or more, which are held, sold or allocated)");
        assertThat(shop.stock.setOnHand(shop.brand, sku, 3, "count").available())
                .isZero();
        assertThat(shop.hold(sku, 1)).isInstanceOf(HoldOutcome.SoldOut.class);
        shop.stock.setOnHand(shop.brand, sku, 4, "count");
        shop.held(sku, 1);
    }

    @Test
    void levels_comeInPagesByCode() {
        List.of("b", "B", "a").forEach(code -> shop.stocked(code, 1));
        List<StockLedger.Level> first = shop.stock.levels(shop.brand, "", 2);
        assertThat(first).extracting(level -> level.sku().value()).containsExactly("B", "a");
        assertThat(shop.stock.levels(shop.brand, "a", 2))
                .extracting(level -> level.sku().value())
                .containsExactly("b");
        assertThat(shop.stock.level(shop.brand, new Sku("none"))).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> shop.stock.levels(shop.brand, "", 501)).hasMessage("limit: 501 (expected: 1..500)");
    }

    @Test
    void eachChange_isToldOnceWithAVersionThatGrows() {
        Sku sku = shop.stocked("A", 3);
        Hold hold = shop.held(sku, 1);
        shop.reservations.commit(hold.id(), "order/1");
        sell("instagram", sku, 1);
        assertThat(shop.outbox.of(shop.brand))
                .extracting(RecordingOutbox.Told::available, RecordingOutbox.Told::version)
                .containsExactly(tuple(3, 1L), tuple(2, 2L), tuple(2, 3L), tuple(1, 4L));
    }

    @Test
    void textThatTheDatabaseRefuses_spoilsNobodyElsesHold() throws Exception {
        Sku sku = shop.stocked("A", 100);
        HoldRequest good = shop.ask("good", line(sku, 1));
        HoldRequest bad =
                new HoldRequest(shop.brand, shop.show, "bad", "buyer\0", List.of(line(sku, 1)), good.attribution());
        AtomicInteger turn = new AtomicInteger();
        List<Boolean> granted = Shop.atOnce(20, () -> {
            int mine = turn.getAndIncrement();
            try {
                shop.reservations.hold(mine == 7 ? bad : shop.ask("good-" + mine, line(sku, 1)));
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
        assertThat(granted).filteredOn(each -> !each).hasSize(1);
        assertThat(shop.level(sku).held()).isEqualTo(19);
    }

    @Test
    void database_itselfRefusesToPromiseAUnitTwice() {
        shop.stocked("A", 5);
        for (String set : List.of("held = 6", "sold = 3, held = 3", "allocated = 6", "on_hand = -1", "held = -1")) {
            assertThatThrownBy(() -> shop.jdbc.update("update stock set " + set + " where brand = ?", shop.brand))
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    private SaleOutcome sell(String channel, Sku sku, int units) {
        return shop.reservations.sell(new Sale(shop.brand, channel, Map.of(sku, units), "order/1"));
    }
}
