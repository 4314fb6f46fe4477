package dev.weir.connectors.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How much does a platform let one connection send, and what does it say about that in its answers? Given by a channel with
 * each call; blocks to build from are {@link PointBucket}, {@link CallsPerWindow}, {@link UsagePercent} and
 * {@link BackPressure}. Stateless and thread-safe: what was learnt is kept by the {@link RateBudget}, for all hubs.
 */
public interface BudgetTerms {
    /** The budget that the call spends from, as it stands before any answer was heard. The same for every call. */
    Bucket bucket();

    /** What this answer says about the budget, good answer or not; empty when it says nothing. Never throws. */
    Optional<Reading> learn(HttpAnswer answer);

    /** How long an answer is waited for before it counts as lost; more than 0, 2 minutes at most. */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }

    /** The same bucket, where {@code other}'s reading goes before this one's. */
    default BudgetTerms heeding(BudgetTerms other) {
        BudgetTerms own = this;
        return new BudgetTerms() {
            @Override
            public Bucket bucket() {
                return own.bucket();
            }

            @Override
            public Optional<Reading> learn(HttpAnswer answer) {
                return other.learn(answer).or(() -> own.learn(answer));
            }

            @Override
            public Duration patience() {
                return own.patience();
            }
        };
    }

    /**
     * Terms of a platform that publishes no figures: {@code callsPerSecond} (more than 0), a second's worth of them at once, and
     * closed for as long as a 429 or 503 asks.
     */
    static BudgetTerms perSecond(double callsPerSecond) {
        Bucket bucket = new Bucket("", Math.max(1, callsPerSecond), callsPerSecond);
        return new BudgetTerms() {
            @Override
            public Bucket bucket() {
                return bucket;
            }

            @Override
            public Optional<Reading> learn(HttpAnswer answer) {
                return answer.status() == 429 || answer.status() == 503
                        ? RetryAfter.in(answer).map(Reading.Closed::new)
                        : Optional.empty();
            }
        };
    }

    /**
     * Which of a connection's budgets is it, and how large? It is full at first and refills steadily.
     *
     * @param name tells the budgets of one connection apart where the platform counts by interface; empty for the only one. At
     *     most 40 of {@code a-z 0-9 _ -}
     * @param limit the most that it holds, in what the platform counts: points or calls; more than 0
     * @param refillPerSecond what comes back each second, up to the limit; more than 0
     * @param spared what {@link Lane#CATALOGUE} always leaves for those before it, below the limit; 0: every lane leaves a tenth of
     *     the limit more than the one before it
     */
    record Bucket(String name, double limit, double refillPerSecond, double spared) {
        /** Refuses figures that would never let a call through. */
        public Bucket {
            if (!name.matches("[a-z0-9_-]{0,40}")) {
                throw new IllegalArgumentException("name: " + name + " (expected: at most 40 of a-z 0-9 _ -)");
            }
            positive("limit", limit);
            positive("refillPerSecond", refillPerSecond);
            if (!(spared >= 0 && spared < limit)) {
                throw new IllegalArgumentException("spared: " + spared + " (expected: 0 or more, below " + limit + ")");
            }
        }

        /** A bucket whose lanes each leave a tenth of the limit more than the one before. */
        public Bucket(String name, double limit, double refillPerSecond) {
            this(name, limit, refillPerSecond, 0);
        }

        /** The part of the limit that {@code lane} must leave for those before it. */
        double headroom(Lane lane) {
            if (spared > 0) {
                return lane == Lane.CATALOGUE ? spared / limit : 0;
            }
            return switch (lane) {
                case HOLD -> 0;
                case ORDER -> 0.1;
                case STOCK -> 0.2;
                case CATALOGUE -> 0.3;
            };
        }

        /** The part of it that one of {@code hubs} may take when they cannot agree. */
        Bucket share(int hubs) {
            return new Bucket(name, limit / hubs, refillPerSecond / hubs, spared / hubs);
        }

        private static void positive(String what, double figure) {
            if (!(figure > 0) || Double.isInfinite(figure)) {
                throw new IllegalArgumentException(what + ": " + figure + " (expected: more than 0)");
            }
        }
    }
}
