package dev.weir.reservation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.reservation.ChannelPolicy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BalanceTest {
    @Test
    void withoutSales_eachHasItsAim() {
        Balance balance = Balance.of(100, List.of(part("a", 0, 100, 30, 0), share("b", 10, 0)), 0);
        assertThat(balance.wanted("a")).isEqualTo(30);
        assertThat(balance.wanted("b")).isEqualTo(10);
        assertThat(balance.wanted("unknown")).isZero();
    }

    @Test
    void aimsBeyondWhatIsThere_areScaledDown() {
        Balance balance = Balance.of(10, List.of(part("a", 0, 100, 10, 0), part("b", 0, 100, 10, 0)), 0);
        assertThat(balance.wanted("a")).isEqualTo(5);
        assertThat(balance.wanted("b")).isEqualTo(5);
    }

    @Test
    void manySales_weighMoreThanTheAim() {
        Balance balance = Balance.of(100, List.of(part("a", 0, 100, 10, 90), part("b", 0, 100, 10, 0)), 0);
        assertThat(balance.wanted("a")).isEqualTo(83);
        assertThat(balance.wanted("b")).isEqualTo(1);
    }

    @Test
    void floorAndCeiling_bound() {
        Balance balance = Balance.of(100, List.of(part("a", 0, 40, 10, 90), part("b", 5, 100, 10, 0)), 0);
        assertThat(balance.wanted("a")).isEqualTo(40);
        assertThat(balance.wanted("b")).isEqualTo(5);
    }

    @Test
    void shareOfThePool_isNotTakenByAChannelThatGrows_butItsFloorIsMet() {
        Balance.Part a = part("a", 8, 100, 30, 0);
        Balance balance = Balance.of(100, List.of(a), 20);
        int forAll = 100 - balance.wanted("a");
        assertThat(balance.reachable(a, 0, forAll)).isEqualTo(8);
        assertThat(balance.reachable(a, 0, forAll + 9)).isEqualTo(9);
        assertThat(balance.reachable(a, 0, 3)).isEqualTo(3);
    }

    @Test
    void differences_countAboveFivePercent_orOneUnit_orOutsideTheBounds() {
        Balance.Part a = part("a", 10, 50, 30, 0);
        Balance balance = Balance.of(100, List.of(a), 0);
        assertThat(balance.isOff(a, 25)).isFalse();
        assertThat(balance.isOff(a, 24)).isTrue();
        assertThat(balance.isOff(a, 34)).isFalse();
        assertThat(balance.isOff(a, 51)).isTrue();

        Balance.Part tight = part("a", 30, 31, 30, 0);
        assertThat(Balance.of(100, List.of(tight), 0).isOff(tight, 29)).isTrue();
    }

    @Test
    void nothingLeft_wantsNothingButFloors() {
        assertThat(Balance.of(0, List.of(part("a", 0, 9, 5, 3), part("b", 2, 9, 5, 0)), 7)
                        .wanted("a"))
                .isZero();
        assertThat(Balance.of(0, List.of(), 0).wanted("a")).isZero();
    }

    @Test
    void anyNumbers_stayWithinBounds() {
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            int floor = random.nextInt(20);
            Balance.Part a = part("a", floor, floor + random.nextInt(50), random.nextInt(80), random.nextInt(100));
            Balance.Part b = share("b", random.nextInt(101), random.nextInt(100));
            Balance balance = Balance.of(random.nextInt(200), List.of(a, b), random.nextInt(100));
            assertThat(balance.wanted("a"))
                    .isBetween(a.policy().floor(), a.policy().ceiling());
            int promised = random.nextInt(50);
            int free = random.nextInt(50);
            assertThat(balance.reachable(a, promised, free)).isLessThanOrEqualTo(promised + free);
        }
    }

    private static Balance.Part part(String channel, int floor, int ceiling, int aim, int sold) {
        return new Balance.Part(
                channel,
                new ChannelPolicy.Allocate(0, floor, ceiling, new ChannelPolicy.Aim.Units(aim)),
                ceiling,
                sold);
    }

    private static Balance.Part share(String channel, int percent, int sold) {
        return new Balance.Part(
                channel, new ChannelPolicy.Allocate(0, 0, 1_000, new ChannelPolicy.Aim.Share(percent)), 1_000, sold);
    }
}
