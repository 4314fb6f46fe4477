package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.reservation.Allotment.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** What must be true of a channel's own units, with Redis in front and without. */
abstract class AllocationsContract {
    private static final String TIKTOK = "tiktok-shop";
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private Shop shop;
    private Allocations allocations;
    private Sku sku;

    /** A shop in a new brand. */
    protected abstract Shop open();

    @BeforeEach
    void openShop() {
        shop = open();
        // Other tests' brands share the database, and whoever settles settles for all.
        shop.jdbc.update("update allocation set state = 'STEADY', target = null, asked_version = null, asked_at = null,"
                + " free_at = null where state = 'DRAINING'");
        allocations = shop.module.allocations();
        sku = shop.stocked("DRESS", 10);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        shop.invariantHolds();
        shop.close();
    }

    @Test
    void growing_takesFreeUnitsAtOnce_andNobodyElseMayHoldThem() {
        assertThat(resize(4)).isEqualTo(new AllocationOutcome.Set(steady(4), 0));

        assertThat(shop.level(sku).available()).isEqualTo(6);
        assertThat(shop.level(sku).allocations()).containsExactly(new StockLedger.Allocation(TIKTOK, 4));
        assertThat(shop.hold(sku, 7)).isEqualTo(new HoldOutcome.SoldOut(sku, 7, 6));
        assertThat(published()).isEqualTo(4);
    }

    @Test
    void growing_stopsAtWhatIsFree_andTakesUnitsOfLapsedHolds() {
        shop.held(sku, 7);
        assertThat(resize(5)).isEqualTo(new AllocationOutcome.Set(steady(3), 2));

        shop.clock.move(Duration.ofSeconds(90));
        assertThat(resize(5)).isEqualTo(new AllocationOutcome.Set(steady(5), 0));
        assertThat(resize(5)).isEqualTo(new AllocationOutcome.Set(steady(5), 0));
    }

    @Test
    void unknownSku_andNumbersOutOfRange_areRefused() {
        assertThat(allocations.resize(shop.brand, new Sku("NOPE"), TIKTOK, 1, "test"))
                .isEqualTo(new AllocationOutcome.UnknownSku());
        assertThatThrownBy(() -> resize(-1)).hasMessage("units: -1 (expected: 0..1000000)");
    }

    @Test
    void shrinking_tellsTheSmallerNumber_butFreesNothingBeforeConfirmationAndWindow() {
        resize(8);
        long before = version();
        assertThat(resize(3)).isInstanceOf(AllocationOutcome.Shrinking.class);

        assertThat(published()).isEqualTo(3);
        assertThat(version()).isGreaterThan(before);
        assertThat(shop.outbox.of(shop.brand).getLast().version()).isEqualTo(version());
        assertThat(allotment().state()).isEqualTo(State.SHRINKING);
        assertThat(shop.hold(sku, 3)).isEqualTo(new HoldOutcome.SoldOut(sku, 3, 2));

        confirm();
        assertThat(allotment().state()).isEqualTo(State.DRAINING);
        shop.clock.move(WINDOW.minusMillis(1));
        assertThat(allocations.settle()).isZero();
        assertThat(shop.level(sku).available()).isEqualTo(2);

        shop.clock.move(Duration.ofMillis(1));
        assertThat(allocations.settle()).isEqualTo(1);
        assertThat(allotment()).isEqualTo(steady(3));
        assertThat(shop.hold(sku, 7)).isInstanceOf(HoldOutcome.Granted.class);
    }

    @Test
    void channelThatNeverConfirms_keepsItsUnits() {
        resize(8);
        resize(3);
        shop.clock.move(Duration.ofDays(1));

        assertThat(allocations.settle()).isZero();
        assertThat(shop.level(sku).available()).isEqualTo(2);
        assertThat(sell("late", 8)).isInstanceOf(SaleOutcome.Taken.class);
    }

    @Test
    void olderConfirmation_isNotBelieved_andARepeatDoesNotProlong() {
        resize(8);
        StockLevel older = level();
        resize(3);
        shop.module.channelLevels().confirmed(shop.brand, TIKTOK, List.of(older));
        assertThat(allotment().state()).isEqualTo(State.SHRINKING);

        confirm();
        shop.clock.move(WINDOW.minusSeconds(1));
        confirm();
        shop.clock.move(Duration.ofSeconds(1));
        assertThat(allocations.settle()).isEqualTo(1);
    }

    @Test
    void windowOfTheChannel_isItsOwn() {
        allocations.setInFlight(shop.brand, TIKTOK, Duration.ofMinutes(5));
        resize(8);
        resize(3);
        confirm();
        shop.clock.move(Duration.ofMinutes(5).minusMillis(1));
        assertThat(allocations.settle()).isZero();
        shop.clock.move(Duration.ofMillis(1));
        assertThat(allocations.settle()).isEqualTo(1);
        assertThat(allocations.inFlight(shop.brand, TIKTOK)).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> allocations.setInFlight(shop.brand, TIKTOK, Duration.ofHours(2)))
                .hasMessageStartingWith("inFlight: PT2H (expected:");
    }

    @Test
    void salesUnderWay_takeFirstWhatIsToBeGivenUp() {
        resize(8);
        resize(3);
        confirm();
        sell("1", 2);
        assertThat(allotment().units()).isEqualTo(6);
        assertThat(published()).isEqualTo(3);

        shop.clock.move(WINDOW);
        allocations.settle();
        assertThat(allotment()).isEqualTo(steady(3));
        assertThat(shop.level(sku).available()).isEqualTo(5);
    }

    @Test
    void salesOfAllThatWasToBeGivenUp_endTheShrinking() {
        resize(8);
        resize(3);
        sell("1", 6);
        assertThat(allotment()).isEqualTo(steady(2));
        assertThat(shop.level(sku).available()).isEqualTo(2);
        assertThat(published()).isEqualTo(2);
    }

    @Test
    void evenFewer_needsAnotherConfirmation() {
        resize(8);
        resize(5);
        confirm();
        StockLevel five = level();
        resize(2);
        shop.clock.move(Duration.ofHours(1));
        assertThat(allocations.settle()).isZero();

        shop.module.channelLevels().confirmed(shop.brand, TIKTOK, List.of(five));
        assertThat(allotment().state()).isEqualTo(State.SHRINKING);
        confirm();
        shop.clock.move(WINDOW);
        assertThat(allocations.settle()).isEqualTo(1);
        assertThat(allotment()).isEqualTo(steady(2));
    }

    @Test
    void moreWhileShrinking_givesUpLess_andAllOfItCallsTheShrinkingOff() {
        resize(8);
        resize(3);
        confirm();
        assertThat(resize(6)).isInstanceOf(AllocationOutcome.Shrinking.class);
        assertThat(published()).isEqualTo(6);
        assertThat(allotment().state()).isEqualTo(State.DRAINING);

        assertThat(resize(9)).isEqualTo(new AllocationOutcome.Set(steady(9), 0));
        shop.clock.move(WINDOW);
        assertThat(allocations.settle()).isZero();
        assertThat(shop.level(sku).available()).isEqualTo(1);
    }

    @Test
    void hubThatDiesBetweenTheSteps_isCarriedOnByAnother() {
        resize(8);
        resize(3);
        try (Shop other = new Shop(Servers.database(), null, shop.brand)) {
            other.module.channelLevels().confirmed(shop.brand, TIKTOK, List.of(level()));
            shop.clock.move(WINDOW);
            other.clock.move(WINDOW);
            assertThat(other.module.allocations().settle()).isEqualTo(1);
        }
        assertThat(allocations.settle()).isZero();
        assertThat(allotment()).isEqualTo(steady(3));
    }

    @Test
    void rolledBackWithItsCaller_leavesEverything() {
        resize(8);
        long before = version();
        shop.transactions.executeWithoutResult(status -> {
            resize(3);
            status.setRollbackOnly();
        });
        assertThat(allotment()).isEqualTo(steady(8));
        assertThat(version()).isEqualTo(before);
        assertThat(shop.hold(sku, 2)).isInstanceOf(HoldOutcome.Granted.class);
    }

    @Test
    void manyHubsAtOnce_freeAndGrowEachUnitOnce() throws Exception {
        resize(8);
        resize(3);
        confirm();
        shop.clock.move(WINDOW);
        int freed = Shop.atOnce(8, allocations::settle).stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(freed).isEqualTo(1);

        Shop.atOnce(8, () -> allocations.resize(shop.brand, sku, "instagram", 7, "test"));
        assertThat(shop.level(sku).available()).isZero();
    }

    @Test
    void published_followsThePolicy_lessSafetyStock_neverBelowNothing() {
        assertThat(published()).isEqualTo(10);
        policy(new ChannelPolicy.Mirror(2));
        assertThat(published()).isEqualTo(8);
        shop.held(sku, 9);
        assertThat(published()).isZero();
        shop.clock.move(Duration.ofSeconds(90));
        assertThat(published()).isEqualTo(8);
        policy(new ChannelPolicy.Ask(11));
        assertThat(published()).isZero();
        policy(new ChannelPolicy.Allocate(1, 0, 10, new ChannelPolicy.Aim.Units(4)));
        assertThat(published()).isEqualTo(3);
        shop.held(sku, 6);
        assertThat(published()).isEqualTo(3);
    }

    @Test
    void policy_isKept_andAllocatesItsAimWithinItsBounds() {
        ChannelPolicy half = new ChannelPolicy.Allocate(0, 1, 4, new ChannelPolicy.Aim.Share(50));
        policy(half);
        assertThat(allotment()).isEqualTo(steady(4));
        assertThat(allocations.policies(shop.brand, sku)).containsExactly(new Allocations.PolicyOf(TIKTOK, half));

        policy(ChannelPolicy.DEFAULT);
        assertThat(allotment().state()).isEqualTo(State.SHRINKING);
        confirm();
        shop.clock.move(WINDOW);
        allocations.settle();
        assertThat(allocations.of(shop.brand, sku)).isEmpty();
        assertThat(shop.level(sku).available()).isEqualTo(10);
        assertThat(allocations.setPolicy(shop.brand, new Sku("NOPE"), TIKTOK, half, "test"))
                .isFalse();
    }

    @Test
    void policyOutOfRange_isRefused_byUsAndByTheDatabase() {
        assertThatThrownBy(() -> new ChannelPolicy.Allocate(0, 5, 4, new ChannelPolicy.Aim.Units(1)))
                .hasMessage("ceiling: 4 (expected: 5..1000000)");
        assertThatThrownBy(() -> new ChannelPolicy.Aim.Share(101)).hasMessage("aim.percent: 101 (expected: 0..100)");
        assertThatThrownBy(() -> shop.jdbc.update(
                        "insert into channel_policy (brand, sku, channel, mode, safety) values (?, ?, 'x', 'ALLOCATE', 0)",
                        shop.brand,
                        sku.value()))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void clamp_holdsUntilEverythingIsReturned() {
        policy(new ChannelPolicy.Allocate(0, 1, 10, new ChannelPolicy.Aim.Units(8)));
        assertThat(allocations.clamp(shop.brand, sku, TIKTOK, 2, "pin"))
                .isInstanceOf(AllocationOutcome.Shrinking.class);
        assertThat(published()).isEqualTo(2);
        resize(6);
        assertThat(published()).isEqualTo(2);

        allocations.unclamp(shop.brand, sku, TIKTOK);
        resize(6);
        assertThat(published()).isEqualTo(6);
        allocations.clamp(shop.brand, sku, TIKTOK, 2, "pin");
        assertThat(allocations.returnAll(shop.brand, List.of(sku), "show/1")).isEqualTo(1);
        assertThat(allocations.returnAll(shop.brand, List.of(sku), "show/1")).isZero();
        assertThat(published()).isEqualTo(1);
        assertThat(allotment().ceilingNow()).isNull();
    }

    @Test
    void database_itselfRefusesAShrinkingThatMakesNoSense() {
        resize(8);
        assertThatThrownBy(() -> shop.jdbc.update(
                        "update allocation set state = 'SHRINKING', target = 9, asked_version = 1, asked_at = now()"
                                + " where brand = ?",
                        shop.brand))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    private AllocationOutcome resize(int units) {
        return allocations.resize(shop.brand, sku, TIKTOK, units, "test");
    }

    private void policy(ChannelPolicy policy) {
        assertThat(allocations.setPolicy(shop.brand, sku, TIKTOK, policy, "test"))
                .isTrue();
    }

    private SaleOutcome sell(String order, int units) {
        return shop.reservations.sell(new Sale(shop.brand, TIKTOK, Map.of(sku, units), "order/" + order));
    }

    private Allotment allotment() {
        return allocations.of(shop.brand, sku).getFirst();
    }

    private Allotment steady(int units) {
        return new Allotment(sku, TIKTOK, State.STEADY, units, units, null, null, null, false);
    }

    private long version() {
        return shop.level(sku).version();
    }

    private StockLevel level() {
        return shop.module
                .channelLevels()
                .published(shop.brand, TIKTOK, List.of(sku))
                .values()
                .iterator()
                .next();
    }

    private int published() {
        return level().available();
    }

    private void confirm() {
        shop.module.channelLevels().confirmed(shop.brand, TIKTOK, List.of(level()));
    }
}
