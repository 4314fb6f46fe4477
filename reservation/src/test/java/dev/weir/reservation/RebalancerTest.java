package dev.weir.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebalancerTest {
    private static final String TIKTOK = "tiktok-shop";
    private static final String INSTAGRAM = "instagram";
    private static final Duration REST = Duration.ofSeconds(30);

    private Shop shop;
    private Allocations allocations;
    private Sku sku;

    @BeforeEach
    void openShop() {
        shop = new Shop(Servers.database(), null);
        // Tests that follow one another are hubs of one house: what the last one had in hand is none of this one's
        // business.
        shop.jdbc.update("delete from lease where name = 'rebalance'");
        shop.jdbc.update("update allocation set on_air_since = null");
        allocations = shop.module.allocations();
        sku = shop.stocked("DRESS", 100);
        policy(TIKTOK, 5, 60, 20);
        policy(INSTAGRAM, 5, 60, 20);
    }

    @AfterEach
    void everyUnitIsAccountedFor() {
        shop.invariantHolds();
        shop.close();
    }

    @Test
    void withoutSales_theAimStays() {
        assertThat(rebalance()).isZero();
        assertThat(promised(TIKTOK)).isEqualTo(20);
        assertThat(promised(INSTAGRAM)).isEqualTo(20);
    }

    @Test
    void channelThatSells_isGivenMore_andOthersLess() {
        sellAll(TIKTOK, 20);
        assertThat(rebalance()).isPositive();
        confirm(INSTAGRAM);
        for (int i = 0; i < 5; i++) {
            shop.clock.move(REST);
            allocations.settle();
            rebalance();
            confirm(INSTAGRAM);
        }
        // 80 are left, of which the aim is a quarter each: 20 + 5 of 40 parts are TikTok's, 5 are Instagram's.
        assertThat(promised(TIKTOK)).isEqualTo(50);
        assertThat(promised(INSTAGRAM)).isEqualTo(10);
    }

    @Test
    void buyersOfTheShow_pullUnitsBackToThePool_inTwoSteps() {
        for (int i = 0; i < 10; i++) {
            Hold hold = shop.held(sku, 3);
            shop.reservations.commit(hold.id(), "order/" + hold.id());
        }
        rebalance();
        assertThat(promised(TIKTOK)).isLessThan(10);
        assertThat(units(TIKTOK)).isEqualTo(20);
        confirm(TIKTOK);
        shop.clock.move(REST);
        allocations.settle();
        assertThat(units(TIKTOK)).isLessThan(10);
    }

    @Test
    void smallDifferencesAndFreshChanges_areLeftAlone() {
        sellAll(TIKTOK, 1);
        assertThat(rebalance()).isZero();

        sellAll(TIKTOK, 15);
        assertThat(rebalance()).isPositive();
        int fresh = promised(TIKTOK);
        sellAll(TIKTOK, 10);
        rebalance();
        assertThat(promised(TIKTOK)).isEqualTo(fresh - 10);
        shop.clock.move(REST);
        rebalance();
        assertThat(promised(TIKTOK)).isGreaterThan(fresh - 10);
    }

    @Test
    void alternatingSales_doNotMakeUnitsGoBackAndForth() {
        for (int i = 0; i < 30; i++) {
            sellAll(i % 2 == 0 ? TIKTOK : INSTAGRAM, 1);
            int tiktok = promised(TIKTOK);
            int instagram = promised(INSTAGRAM);
            rebalance();
            assertThat(promised(TIKTOK)).isGreaterThanOrEqualTo(tiktok);
            assertThat(promised(INSTAGRAM)).isGreaterThanOrEqualTo(instagram);
            shop.clock.move(Duration.ofSeconds(7));
        }
    }

    @Test
    void oldSales_countNoMore() {
        sellAll(TIKTOK, 15);
        shop.clock.move(Duration.ofMinutes(6));
        rebalance();
        assertThat(promised(TIKTOK)).isEqualTo(20);
    }

    @Test
    void clamp_isNotUndone() {
        allocations.clamp(shop.brand, sku, TIKTOK, 2, "pin");
        shop.clock.move(REST);
        rebalance();
        assertThat(promised(TIKTOK)).isEqualTo(2);
    }

    @Test
    void floor_isFilledAgainAtOnce_whileUnitsAreFree() {
        rebalance();
        sellAll(TIKTOK, 18);
        assertThat(promised(TIKTOK)).isEqualTo(2);
        rebalance();
        assertThat(promised(TIKTOK)).isGreaterThanOrEqualTo(5);
    }

    @Test
    void whenTheShowIsOver_allocationsGoBackToTheirFloor_andClampsAreLifted_whicheverHubNotices() {
        rebalance();
        allocations.clamp(shop.brand, sku, INSTAGRAM, 3, "pin");
        try (Shop other = new Shop(Servers.database(), null, shop.brand)) {
            shop.jdbc.update("delete from lease where name = 'rebalance'");
            assertThat(other.module.rebalancer().rebalance(Map.of())).isEqualTo(1);
            assertThat(other.module.rebalancer().rebalance(Map.of())).isZero();
        }
        assertThat(promised(TIKTOK)).isEqualTo(5);
        assertThat(promised(INSTAGRAM)).isEqualTo(3);
        assertThat(allocations.of(shop.brand, sku)).allSatisfy(allotment -> {
            assertThat(allotment.ceilingNow()).isNull();
            assertThat(allotment.onAir()).isFalse();
        });
    }

    @Test
    void ofTwoHubs_onlyTheHolderOfTheLeaseMovesAnything() {
        assertThat(rebalance()).isZero();
        sellAll(TIKTOK, 15);
        try (Shop other = new Shop(Servers.database(), null, shop.brand)) {
            assertThat(other.module.rebalancer().rebalance(onAir())).isZero();
        }
        assertThat(rebalance()).isPositive();
    }

    @Test
    void salesOfAChannel_areToldByWhoseUnitsTheyWere_andHowFastTheyGo() {
        sellAll(TIKTOK, 20);
        sellAll(TIKTOK, 5);
        Hold hold = shop.held(sku, 3);
        shop.reservations.commit(hold.id(), "order/1");
        assertThat(allocations.sales(shop.brand, sku))
                .containsExactly(new ChannelSales(TIKTOK, 20, 25, 25), new ChannelSales(null, 0, 3, 3));
        assertThat(allocations.sales(shop.brand, sku).getFirst().perMinute()).isEqualTo(5);
        shop.clock.move(ChannelSales.SHORT);
        assertThat(allocations.sales(shop.brand, sku).getFirst()).isEqualTo(new ChannelSales(TIKTOK, 20, 25, 0));
        shop.clock.move(ChannelSales.LONG);
        assertThat(allocations.sales(shop.brand, sku)).isEmpty();
    }

    @Test
    void unknownSkuOrOneWithoutPolicy_isPassedOver() {
        shop.stocked("SHIRT", 5);
        assertThat(shop.module.rebalancer().rebalance(Map.of(shop.brand, Set.of(new Sku("NOPE"), new Sku("SHIRT")))))
                .isZero();
    }

    private void policy(String channel, int floor, int ceiling, int aim) {
        allocations.setPolicy(
                shop.brand,
                sku,
                channel,
                new ChannelPolicy.Allocate(0, floor, ceiling, new ChannelPolicy.Aim.Units(aim)),
                "test");
    }

    private int rebalance() {
        return shop.module.rebalancer().rebalance(onAir());
    }

    private Map<String, Set<Sku>> onAir() {
        return Map.of(shop.brand, Set.of(sku));
    }

    private void sellAll(String channel, int units) {
        for (int i = 0; i < units; i++) {
            assertThat(shop.reservations.sell(
                            new Sale(shop.brand, channel, Map.of(sku, 1), "order/" + UUID.randomUUID())))
                    .isInstanceOf(SaleOutcome.Taken.class);
        }
    }

    private void confirm(String channel) {
        List<StockLevel> told = List.copyOf(shop.module
                .channelLevels()
                .published(shop.brand, channel, List.of(sku))
                .values());
        shop.module.channelLevels().confirmed(shop.brand, channel, told);
    }

    private int promised(String channel) {
        return one(channel).promised();
    }

    private int units(String channel) {
        return one(channel).units();
    }

    private Allotment one(String channel) {
        return allocations.of(shop.brand, sku).stream()
                .filter(allotment -> allotment.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }
}
