package dev.weir.connectors.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What did an answer say about the budget? In the units of its {@link BudgetTerms.Bucket}. */
public sealed interface Reading {
    /**
     * The platform told its own figures.
     *
     * @param remaining what was left after this call; may be below 0
     * @param limit the most that the bucket holds, more than 0
     * @param refillPerSecond what comes back each second, more than 0
     * @param charged what this call cost in the end; null: as expected
     */
    record Level(
            double remaining,
            double limit,
            double refillPerSecond,
            @Nullable Double charged) implements Reading {
        /** Refuses figures that would never let a call through. */
        public Level {
            if (!(limit > 0) || !(refillPerSecond > 0) || Double.isNaN(remaining)) {
                throw new IllegalArgumentException("level: " + remaining + " of " + limit + ", " + refillPerSecond
                        + " per second (expected: limit and refill more than 0)");
            }
        }
    }

    /**
     * What the call cost, and nothing about what is left: refused at the door, it was not weighed.
     *
     * @param charged 0 or more
     */
    record Charged(double charged) implements Reading {
        /** Refuses what would fill the bucket. */
        public Charged {
            if (!(charged >= 0)) {
                throw new IllegalArgumentException("charged: " + charged + " (expected: 0 or more)");
            }
        }
    }

    /** What the call cost that this was read from: as the platform says, or {@code expected} when it does not. */
    static double charged(@Nullable Reading reading, double expected) {
        return switch (reading) {
            case Level level -> level.charged() == null ? expected : level.charged();
            case Charged told -> told.charged();
            case Closed any -> expected;
            case Pace any -> expected;
            case Slower any -> expected;
            case null -> expected;
        };
    }

    /**
     * Nothing may be sent for this long. Being closed means that too much was asked for, so the bucket then refills half as fast,
     * and climbs back in a minute.
     *
     * @param length counted from the answer; 0 or more, cut at 24 h
     */
    record Closed(Duration length) implements Reading {
        private static final Duration LONGEST = Duration.ofHours(24);

        /** Cuts what is longer than a day: nobody may close a shop for good by one answer. */
        public Closed {
            if (length.isNegative()) {
                throw new IllegalArgumentException("length: " + length + " (expected: 0 or more)");
            }
            length = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        }
    }

    /**
     * The bucket shall refill at this share of its terms' figure, climbing back by a sixtieth a second.
     *
     * @param share 0.05..1; what is outside is brought inside
     */
    record Pace(double share) implements Reading {
        static final double LEAST = 0.05;

        /** Brings the share inside its bounds. */
        public Pace {
            share = Math.clamp(share, LEAST, 1);
        }
    }

    /**
     * The bucket shall refill slower than it does now, climbing back by a sixtieth of its terms' figure a second.
     *
     * @param factor of the present pace; above 0, below 1
     */
    record Slower(double factor) implements Reading {
        /** Refuses what would not slow down. */
        public Slower {
            if (!(factor > 0) || factor >= 1) {
                throw new IllegalArgumentException("factor: " + factor + " (expected: above 0, below 1)");
            }
        }
    }
}
