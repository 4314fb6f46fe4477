package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RateBudget} promises, in the time of the machine. */
abstract class RateBudgetContract {
    /** Nothing that a test waits for comes back by itself in the time that a test takes. */
    private static final BudgetTerms.Bucket POINTS = new BudgetTerms.Bucket("", 100, 0.01);

    private static final BudgetTerms.Bucket FLOWING = new BudgetTerms.Bucket("flowing", 10, 50);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Executor CALLERS = task -> Thread.ofVirtual().start(task);

    protected final UUID shop = UUID.randomUUID();
    protected RateBudget budget;

    protected abstract RateBudget open();

    @BeforeEach
    void openBudget() {
        budget = open();
    }

    @AfterEach
    void closeBudget() {
        budget.close();
    }

    @Test
    void fullBucket_isSpentAtOnce_downToNothingByHolds() {
        assertThat(spend(Lane.HOLD, 60)).isInstanceOf(Outcome.Spent.class);
        assertThat(spend(Lane.HOLD, 40)).isInstanceOf(Outcome.Spent.class);
        assertThat(spend(Lane.HOLD, 1)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void eachLane_leavesWhatIsReservedForThoseBeforeIt() {
        spend(Lane.CATALOGUE, 50);
        assertThat(spend(Lane.CATALOGUE, 21)).isInstanceOf(Outcome.Refused.class);
        spend(Lane.CATALOGUE, 20);
        assertThat(spend(Lane.CATALOGUE, 1)).isInstanceOf(Outcome.Refused.class);
        assertThat(spend(Lane.STOCK, 11)).isInstanceOf(Outcome.Refused.class);
        spend(Lane.STOCK, 10);
        assertThat(spend(Lane.ORDER, 11)).isInstanceOf(Outcome.Refused.class);
        spend(Lane.ORDER, 10);

        assertThat(spend(Lane.HOLD, 9.5)).isInstanceOf(Outcome.Spent.class);
        assertThat(left()).isCloseTo(0.5, within(0.1));
    }

    @Test
    void moreThanMayEverBeFree_goesWhenTheBucketIsFull_andIsPaidOffAfterwards() {
        assertThat(spend(Lane.CATALOGUE, 130)).isInstanceOf(Outcome.Spent.class);

        assertThat(left()).isCloseTo(-30, within(0.1));
        assertThat(spend(Lane.HOLD, 1)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void refusal_saysWhenThereMayBeEnough_andTakesNothing() {
        spend(Lane.HOLD, 100);

        Outcome.Refused refused = (Outcome.Refused) spend(Lane.HOLD, 1);

        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(101));
        assertThat(left()).isCloseTo(0, within(0.1));
    }

    @Test
    void caller_waitsForWhatComesBack_asLongAsItTakes() {
        ask(FLOWING, Lane.HOLD, 10, Duration.ZERO);

        Outcome.Spent spent = (Outcome.Spent) ask(FLOWING, Lane.HOLD, 10, LONG);

        assertThat(spent.waited()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(5));
    }

    @Test
    void whatWasNotCharged_isGivenBack_andWakesWhoWaits() {
        Outcome.Spent dear = (Outcome.Spent) spend(Lane.HOLD, 100);
        CompletableFuture<Outcome> waiting = later(Lane.ORDER, 30);
        awaitWaiting(1);

        budget.settle(dear, 50, null);

        assertThat(waiting.join()).isInstanceOf(Outcome.Spent.class);
        assertThat(left()).isCloseTo(20, within(0.2));
    }

    @Test
    void whoWaits_isServedByLane_thenInOrderOfArrival() {
        List<Outcome.Spent> tenEach = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tenEach.add((Outcome.Spent) spend(Lane.HOLD, 10));
        }
        List<String> served = new CopyOnWriteArrayList<>();
        List<String> callers = List.of("CATALOGUE 1", "STOCK 1", "ORDER 1", "ORDER 2", "STOCK 2", "HOLD 1");
        for (int i = 0; i < callers.size(); i++) {
            String caller = callers.get(i);
            later(Lane.valueOf(caller.substring(0, caller.indexOf(' '))), 10).thenAccept(done -> served.add(caller));
            awaitWaiting(i + 1);
        }

        // Each lane leaves ten more than the one before it, so what comes back serves one caller at the most.
        int[] servedBy = {1, 1, 2, 3, 3, 4, 5, 5, 6};
        for (int i = 0; i < servedBy.length; i++) {
            budget.settle(tenEach.get(i), 0, null);
            int now = servedBy[i];
            await().until(() -> served.size() >= now);
        }

        assertThat(served).containsExactly("HOLD 1", "ORDER 1", "ORDER 2", "STOCK 1", "STOCK 2", "CATALOGUE 1");
    }

    @Test
    void hold_overtakesACatalogueThatWaits() {
        spend(Lane.CATALOGUE, 70);
        CompletableFuture<Outcome> catalogue = later(Lane.CATALOGUE, 20);
        awaitWaiting(1);

        assertThat(spend(Lane.HOLD, 25)).isInstanceOf(Outcome.Spent.class);
        assertThat(catalogue).isNotDone();
        budget.settle(everythingBack(), 0, new Reading.Level(100, 100, 100, null));
        catalogue.join();
    }

    @Test
    void line_isBoundedForEachLane_andHoldsAreServedBesideAFullOne() {
        Outcome.Spent all = (Outcome.Spent) spend(Lane.HOLD, 100);
        List<CompletableFuture<Outcome>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            callers.add(later(Lane.CATALOGUE, 0.5));
        }
        awaitWaiting(64);

        assertThat(ask(POINTS, Lane.CATALOGUE, 0.5, LONG)).isInstanceOf(Outcome.Refused.class);
        CompletableFuture<Outcome> hold = later(Lane.HOLD, 1);
        awaitWaiting(65);
        budget.settle(all, 0, null);

        assertThat(hold.join()).isInstanceOf(Outcome.Spent.class);
        assertThat(callers).allSatisfy(c -> assertThat(c.join()).isInstanceOf(Outcome.Spent.class));
    }

    @Test
    void platformsFigures_replaceOurs() {
        Outcome.Spent spent = (Outcome.Spent) spend(Lane.ORDER, 10);

        budget.settle(spent, 10, new Reading.Level(37.5, 200, 0.02, 12.5));

        RateBudget.View view = budget.view(shop, POINTS);
        assertThat(view.remaining()).isCloseTo(37.5, within(0.1));
        assertThat(view.limit()).isEqualTo(200);
        assertThat(view.refillPerSecond()).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void platformsFigures_doNotForgetWhatIsStillUnderWay() {
        Outcome.Spent first = (Outcome.Spent) spend(Lane.ORDER, 10);
        Outcome.Spent second = (Outcome.Spent) spend(Lane.ORDER, 30);

        // Told before the second one arrived there.
        budget.settle(first, 10, new Reading.Level(90, 100, 0.01, null));

        assertThat(left()).isCloseTo(60, within(0.1));
        budget.settle(second, 30, new Reading.Level(60, 100, 0.01, null));
        assertThat(left()).isCloseTo(60, within(0.1));
    }

    @Test
    void oldFigures_thatArriveLate_giveNothingBackThatWasSpentSince() {
        Outcome.Spent slow = (Outcome.Spent) spend(Lane.ORDER, 10);
        Outcome.Spent quick = (Outcome.Spent) spend(Lane.ORDER, 30);
        budget.settle(quick, 30, new Reading.Level(60, 100, 0.01, null));

        budget.settle(slow, 10, new Reading.Level(90, 100, 0.01, null));

        assertThat(left()).isCloseTo(60, within(0.1));
    }

    @Test
    void figuresOfOthersWhoSpendToo_areBelieved() {
        Outcome.Spent spent = (Outcome.Spent) spend(Lane.ORDER, 10);

        budget.settle(spent, 10, new Reading.Level(5, 100, 0.01, null));

        assertThat(left()).isCloseTo(5, within(0.1));
    }

    @Test
    void closedBudget_refusesEveryLane_forTheLengthThatWasStated() {
        Outcome.Spent spent = (Outcome.Spent) spend(Lane.ORDER, 1);
        budget.settle(spent, 1, new Reading.Closed(Duration.ofSeconds(30)));

        Outcome.Refused refused = (Outcome.Refused) spend(Lane.HOLD, 1);

        assertThat(refused.retryAfter()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(budget.view(shop, POINTS).closedFor()).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(30));
        assertThat(budget.view(shop, POINTS).refillPerSecond()).isCloseTo(0.005, within(1e-4));
    }

    @Test
    void shortClosing_isWaitedAway() {
        Outcome.Spent spent = (Outcome.Spent) spend(Lane.ORDER, 1);
        budget.settle(spent, 1, new Reading.Closed(Duration.ofMillis(300)));

        Outcome.Spent next = (Outcome.Spent) ask(POINTS, Lane.ORDER, 1, LONG);

        assertThat(next.waited()).isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    @Test
    void slowedBudget_refillsSlower_butNeverStandsStill() {
        for (int i = 0; i < 20; i++) {
            Outcome.Spent spent = (Outcome.Spent) spend(Lane.ORDER, 1);
            budget.settle(spent, 0, new Reading.Slower(0.5));
        }
        assertThat(budget.view(shop, POINTS).refillPerSecond()).isBetween(0.0005, 0.0009);

        budget.settle((Outcome.Spent) spend(Lane.ORDER, 1), 0, new Reading.Pace(0.75));
        assertThat(budget.view(shop, POINTS).refillPerSecond()).isBetween(0.0075, 0.0085);
    }

    @Test
    void budgetsOfOneConnection_andConnections_areApart() {
        spend(Lane.HOLD, 100);

        assertThat(ask(FLOWING, Lane.HOLD, 10, Duration.ZERO)).isInstanceOf(Outcome.Spent.class);
        assertThat(budget.spend(new RateBudget.Ask(UUID.randomUUID(), POINTS, Lane.HOLD, 100, Duration.ZERO)))
                .isInstanceOf(Outcome.Spent.class);
    }

    protected final Outcome spend(Lane lane, double cost) {
        return ask(POINTS, lane, cost, Duration.ZERO);
    }

    protected final double left() {
        return budget.view(shop, POINTS).remaining();
    }

    private Outcome ask(BudgetTerms.Bucket bucket, Lane lane, double cost, Duration longest) {
        return budget.spend(new RateBudget.Ask(shop, bucket, lane, cost, longest));
    }

    private Outcome.Spent everythingBack() {
        return (Outcome.Spent) spend(Lane.HOLD, 1);
    }

    private CompletableFuture<Outcome> later(Lane lane, double cost) {
        return CompletableFuture.supplyAsync(() -> ask(POINTS, lane, cost, LONG.multipliedBy(1000)), CALLERS);
    }

    private void awaitWaiting(int callers) {
        await().until(() -> budget.view(shop, POINTS).waiting() == callers);
    }
}
