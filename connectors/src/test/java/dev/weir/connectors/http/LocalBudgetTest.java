package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The budget of one process, and what can only be told by moving the time. */
class LocalBudgetTest extends RateBudgetContract {
    private final BudgetTerms.Bucket bucket = new BudgetTerms.Bucket("", 100, 10);
    private final MovedTime time = new MovedTime();
    private final RateBudget moved = RateBudget.inProcess(time);
    private final UUID connection = UUID.randomUUID();

    @Override
    protected RateBudget open() {
        return RateBudget.inProcess();
    }

    @Test
    void wait_isExactlyWhatTheRefillTakes() {
        ask(100, Duration.ZERO);

        Outcome.Spent spent = (Outcome.Spent) ask(35, Duration.ofSeconds(5));

        assertThat(spent.waited()).isEqualTo(Duration.ofMillis(3500));
    }

    @Test
    void waitOverItsBound_isRefusedAtOnce_withItsLength() {
        ask(100, Duration.ZERO);

        Outcome.Refused refused = (Outcome.Refused) ask(60, Duration.ofSeconds(5));

        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(6));
        assertThat(time.waited).isEmpty();
    }

    @Test
    void closedBucket_standsStill_soThatNothingBurstsOutAfterwards() {
        settle((Outcome.Spent) ask(100, Duration.ZERO), new Reading.Closed(Duration.ofMinutes(5)));

        time.pass(Duration.ofMinutes(5));

        assertThat(moved.view(connection, bucket).remaining()).isCloseTo(0, within(1e-6));
    }

    @Test
    void slowedPace_isBackInAMinute() {
        settle((Outcome.Spent) ask(100, Duration.ZERO), new Reading.Pace(0.5));
        assertThat(pace()).isCloseTo(5, within(1e-6));

        time.pass(Duration.ofSeconds(15));
        assertThat(pace()).isCloseTo(7.5, within(1e-6));
        time.pass(Duration.ofSeconds(45));
        assertThat(pace()).isEqualTo(10);
    }

    @Test
    void slowedBucket_refillsWhatLiesUnderTheClimb() {
        settle((Outcome.Spent) ask(100, Duration.ZERO), new Reading.Pace(0.5));

        time.pass(Duration.ofSeconds(6));

        // From 5 to 6 points a second in 6 seconds.
        assertThat(moved.view(connection, bucket).remaining()).isCloseTo(33, within(1e-6));
    }

    @Test
    void spendingThatIsNeverSettled_isNotHeldAgainstTheFiguresForEver() {
        ask(50, Duration.ZERO);
        time.pass(Duration.ofSeconds(131));
        Outcome.Spent next = (Outcome.Spent) ask(50, Duration.ZERO);

        settle(next, new Reading.Level(80, 100, 10, null));

        assertThat(moved.view(connection, bucket).remaining()).isCloseTo(80, within(1e-6));
    }

    private double pace() {
        return moved.view(connection, bucket).refillPerSecond();
    }

    private Outcome ask(double cost, Duration longest) {
        return moved.spend(new RateBudget.Ask(connection, bucket, Lane.HOLD, cost, longest));
    }

    private void settle(Outcome.Spent spent, Reading reading) {
        moved.settle(spent, spent.ask().cost(), reading);
    }
}
