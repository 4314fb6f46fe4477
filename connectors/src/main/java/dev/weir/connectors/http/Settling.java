package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What becomes of one spending? The first that is said counts. Used by the calling thread alone. */
final class Settling {
    private final RateBudget budget;
    private final Outcome.Spent spent;
    private final Tally tally;
    private boolean isSent;
    private boolean isDone;

    Settling(RateBudget budget, Outcome.Spent spent, Tally tally) {
        this.budget = budget;
        this.spent = spent;
        this.tally = tally;
    }

    void answered(HttpAnswer answer, @Nullable Reading reading) {
        double cost = spent.ask().cost();
        double charged = Reading.charged(reading, cost);
        isDone = true;
        tally.tried(answer.took(), answer.status(), charged);
        budget.settle(spent, charged, reading);
    }

    /** Nobody knows whether it arrived: it counts as if it had. */
    void unanswered(Duration after) {
        isDone = true;
        tally.tried(after, 0, spent.ask().cost());
        budget.settle(spent, spent.ask().cost(), null);
    }

    void sending() {
        isSent = true;
    }

    /** Settles what neither of the others did: what was never sent is given back. */
    void ended() {
        if (!isDone) {
            isDone = true;
            budget.settle(spent, isSent ? spent.ask().cost() : 0, null);
        }
    }
}
