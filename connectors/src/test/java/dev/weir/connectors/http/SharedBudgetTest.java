package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The budget that all hubs share in Redis, and how each gets along while that is away. */
class SharedBudgetTest extends RateBudgetContract {
    private static final BudgetTerms.Bucket BUCKET = new BudgetTerms.Bucket("points", 100, 0.01);
    private static TestRedis redis;

    private RateBudget other;

    @BeforeAll
    static void startRedis() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Override
    protected RateBudget open() {
        other = RateBudget.shared(redis.address());
        return RateBudget.shared(redis.address());
    }

    @AfterEach
    void closeOther() {
        other.close();
    }

    @Test
    void twoHubs_spendFromOneBucket() {
        assertThat(ask(budget, 60)).isInstanceOf(Outcome.Spent.class);

        assertThat(ask(other, 60)).isInstanceOf(Outcome.Refused.class);
        assertThat(ask(other, 40)).isInstanceOf(Outcome.Spent.class);
    }

    @Test
    void whatOneHubLearns_bindsTheOther() {
        Outcome.Spent spent = (Outcome.Spent) ask(budget, 1);
        budget.settle(spent, 1, new Reading.Closed(Duration.ofSeconds(30)));

        assertThat(ask(other, 1)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void redisGoesAway_eachHubSpendsItsHalf_andNotMore_untilItIsBackByItself() {
        ask(budget, 1);
        ask(other, 1);
        ask(budget, 1);
        redis.stop();
        await().until(() -> !budget.view(shop, BUCKET).shared());

        // 97 are left, of which 50 at most are this hub's.
        assertThat(ask(budget, 40)).isInstanceOf(Outcome.Spent.class);
        assertThat(ask(budget, 20)).isInstanceOf(Outcome.Refused.class);

        redis.startAgain();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> budget.view(shop, BUCKET).shared());
        ask(budget, 1);
        // The new Redis knew of nothing; the hub told it what its half has left.
        assertThat(budget.view(shop, BUCKET).remaining()).isLessThan(20);
    }

    @Test
    void scriptThatRedisForgot_isSentAgain() {
        ask(budget, 1);
        redis.stop();
        redis.startAgain();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            ask(budget, 0.001);
            return budget.view(shop, BUCKET).shared();
        });

        assertThat(ask(budget, 1)).isInstanceOf(Outcome.Spent.class);
    }

    @Test
    void noRedisAtAll_isNoReasonNotToStart() {
        try (TestRedis gone = new TestRedis()) {
            gone.stop();
            try (RateBudget alone = RateBudget.shared(gone.address())) {
                assertThat(ask(alone, 70)).isInstanceOf(Outcome.Spent.class);
                assertThat(alone.view(shop, BUCKET).remaining()).isCloseTo(30, within(0.1));
            }
        }
    }

    private Outcome ask(RateBudget hub, double cost) {
        return hub.spend(new RateBudget.Ask(shop, BUCKET, Lane.HOLD, cost, Duration.ZERO));
    }

    /** Apart from the buckets of the contract. */
    private final UUID shop = UUID.randomUUID();
}
