package dev.weir.connectors.http;

import dev.weir.connectors.http.RateBudget.Receipt;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How full is one bucket of this process? The same arithmetic as {@code budget.lua}; a change here is a change there. Times are
 * nanoseconds of {@link Waits#nanos()}. Thread-safe.
 */
final class LocalBucket {
    private static final double SECOND = 1e9;
    /** Seconds until a slowed bucket is at full pace again, from a standstill. */
    private static final double CLIMB = 60;
    /** Longer than any answer is waited for: what is not settled by then never will be. */
    private static final double LOST = 130 * SECOND;

    private static final double ROUNDING = 1e-9;

    private BudgetTerms.Bucket terms;
    private double level;
    private double limit;
    private double base;
    private double pace = 1;
    private double spent;
    private double settled;
    private long at;
    private long lastTake;
    private long closedUntil;

    LocalBucket(BudgetTerms.Bucket terms, double level, long now) {
        this.terms = terms;
        this.level = level;
        limit = terms.limit();
        base = terms.refillPerSecond();
        at = now;
        lastTake = now;
        closedUntil = now;
    }

    synchronized BucketStore.Take take(BudgetTerms.Bucket bucket, Lane lane, double cost, long now) {
        advance(bucket, now);
        if (closedUntil > now) {
            return new BucketStore.Take.NotYet(Duration.ofNanos(closedUntil - now));
        }
        double need = Math.min(limit, cost + bucket.headroom(lane) * limit);
        if (level + ROUNDING < need) {
            double seconds = (need - level) / (base * pace);
            return new BucketStore.Take.NotYet(Duration.ofMillis((long) Math.ceil(seconds * 1000)));
        }
        level -= cost;
        spent += cost;
        lastTake = now;
        return new BucketStore.Take.Taken(new Receipt(settled, false));
    }

    synchronized void settle(
            BudgetTerms.Bucket bucket,
            double cost,
            double charged,
            Receipt receipt,
            @Nullable Reading reading,
            long now) {
        advance(bucket, now);
        double meanwhile = settled - receipt.settledBefore();
        settled += cost;
        level += cost - charged;
        if (reading != null) {
            heed(reading, meanwhile, now);
        }
        level = Math.min(level, limit);
    }

    private void heed(Reading reading, double meanwhile, long now) {
        switch (reading) {
            case Reading.Level told -> {
                limit = told.limit();
                base = told.refillPerSecond();
                // The platform may have counted any of the calls that were under way beside this one, or none of them.
                double underWay = Math.max(0, spent - settled);
                level = Math.min(Math.max(level, told.remaining() - meanwhile - underWay), told.remaining());
            }
            case Reading.Closed closed -> {
                closedUntil = Math.max(closedUntil, now + closed.length().toNanos());
                pace = Math.max(Reading.Pace.LEAST, pace / 2);
            }
            case Reading.Charged any -> {}
            case Reading.Pace told -> pace = told.share();
            case Reading.Slower slower -> pace = Math.max(Reading.Pace.LEAST, pace * slower.factor());
        }
    }

    synchronized BucketStore.State look(BudgetTerms.Bucket bucket, long now) {
        advance(bucket, now);
        Duration closedFor = Duration.ofNanos(Math.max(0, closedUntil - now));
        return new BucketStore.State(level, limit, base * pace, closedFor, false);
    }

    /** Brings the level to now. A closed bucket stands still: what would have come in must not go out at once afterwards. */
    private void advance(BudgetTerms.Bucket bucket, long now) {
        if (!bucket.equals(terms)) {
            terms = bucket;
            limit = bucket.limit();
            base = bucket.refillPerSecond();
        }
        if (now - lastTake > LOST) {
            spent = settled;
        }
        double seconds = (now - Math.max(at, closedUntil)) / SECOND;
        at = Math.max(at, now);
        if (seconds > 0) {
            double climbing = Math.min(seconds, (1 - pace) * CLIMB);
            double reached = pace + climbing / CLIMB;
            level = Math.min(limit, level + base * (climbing * (pace + reached) / 2 + (seconds - climbing)));
            pace = Math.min(1, reached);
        }
    }
}
