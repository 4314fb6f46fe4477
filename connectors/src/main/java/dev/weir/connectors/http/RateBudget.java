package dev.weir.connectors.http;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * May this call be sent now, or when? Every connection has its budgets; who waits is served by {@link Lane}, then in the order of
 * arrival, and what a lane has in reserve the lanes behind it cannot spend: of the limit, 10 % for {@code HOLD}, 10 % more
 * for {@code ORDER}, 10 % more for {@code STOCK}, unless its {@link BudgetTerms.Bucket} spares by number. A call that costs more than may ever be free goes when the bucket is full.
 *
 * <p>At most 64 callers wait in each lane of a budget and hub. Thread-safe; blocking. Implementations pass {@code
 * RateBudgetContract}.
 */
public interface RateBudget extends AutoCloseable {
    /** Of this process alone. */
    static RateBudget inProcess() {
        return inProcess(Waits.REAL);
    }

    /** As above, in the time of {@code waits}. */
    static RateBudget inProcess(Waits waits) {
        return new LinedBudget(new LocalBuckets(waits), waits);
    }

    /**
     * Of all hubs that use the same Redis. While that is away each hub takes its fair share by itself, and nobody needs to do anything
     * when it is back.
     */
    static RateBudget shared(BudgetRedis redis) {
        return new LinedBudget(new SharedBuckets(redis, Waits.REAL), Waits.REAL);
    }

    /** Spends when there is enough, after a wait where needed. */
    Outcome spend(Ask ask);

    /**
     * Says what became of what was spent; to be called once for each.
     *
     * @param charged what it cost in the end, unless the reading knows better; 0 for a call that was never sent
     * @param reading what the answer said; null for nothing
     */
    void settle(Outcome.Spent spent, double charged, @Nullable Reading reading);

    /** How the budget stands now. */
    View view(UUID connection, BudgetTerms.Bucket bucket);

    @Override
    void close();

    /**
     * What is to be spent?
     *
     * @param cost more than 0, in the bucket's units
     * @param longest how long the caller will wait; 0 for not at all
     */
    record Ask(UUID connection, BudgetTerms.Bucket bucket, Lane lane, double cost, Duration longest) {}

    /** Was it spent? */
    sealed interface Outcome {
        /**
         * Yes: send now, then {@link RateBudget#settle}.
         *
         * @param receipt what the budget wants back when it is settled
         * @param waited how long it took to get it
         */
        record Spent(Ask ask, Receipt receipt, Duration waited) implements Outcome {}

        /**
         * No, nothing was spent.
         *
         * @param retryAfter when there may be enough; more than 0
         */
        record Refused(Duration retryAfter) implements Outcome {}
    }

    /**
     * What does a budget remember of a spending until it is settled?
     *
     * @param settledBefore sum of what had been settled when it was spent
     * @param shared whether it was taken from what all hubs share
     */
    record Receipt(double settledBefore, boolean shared) {}

    /**
     * How does a budget stand?
     *
     * @param remaining what may be spent at once by the first lane; may be below 0
     * @param refillPerSecond at the present pace
     * @param closedFor how long the platform still wants to hear nothing; 0 when open
     * @param waiting callers in this hub
     * @param shared false when this hub counts by itself
     */
    record View(
            double remaining, double limit, double refillPerSecond, Duration closedFor, int waiting, boolean shared) {}
}
