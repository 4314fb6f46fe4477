package dev.weir.bench.catalogue;

import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;

/** A platform that forgives nothing: how much was spent there, and how often was it too much? Thread-safe. */
public abstract sealed class StrictBudget {
    private int refused;
    private double spent;

    private StrictBudget() {}

    /** So many calls in any window, wherever it begins; each costs 1. */
    public static StrictBudget window(int calls, Duration window) {
        return new Window(calls, window.toNanos());
    }

    /** Points that come back by the second, as Shopify counts them. */
    public static StrictBudget points(double limit, double perSecond) {
        return new Points(limit, perSecond);
    }

    /** Carries out a call of that cost, or refuses it; what it answers is what the terms learn from. */
    public final synchronized HttpAnswer call(double cost) {
        boolean isEnough = take(cost, System.nanoTime());
        if (isEnough) {
            spent += cost;
        } else {
            refused++;
        }
        return answer(isEnough, cost);
    }

    /** Calls that were too many. */
    public final synchronized int refused() {
        return refused;
    }

    /** What was spent so far. */
    public final synchronized double spent() {
        return spent;
    }

    /** What comes back in so many seconds. */
    public abstract double allowed(double seconds);

    abstract boolean take(double cost, long now);

    abstract HttpAnswer answer(boolean isEnough, double cost);

    private static final class Window extends StrictBudget {
        private final Deque<Long> calls = new ArrayDeque<>();
        private final int most;
        private final long nanos;

        Window(int most, long nanos) {
            this.most = most;
            this.nanos = nanos;
        }

        @Override
        public double allowed(double seconds) {
            return most * seconds * 1e9 / nanos;
        }

        @Override
        boolean take(double cost, long now) {
            while (!calls.isEmpty() && calls.peek() <= now - nanos) {
                calls.poll();
            }
            return calls.size() < most && calls.add(now);
        }

        @Override
        HttpAnswer answer(boolean isEnough, double cost) {
            return new HttpAnswer(isEnough ? 200 : 429, Map.of(), new byte[0]);
        }
    }

    private static final class Points extends StrictBudget {
        private final double limit;
        private final double perSecond;
        private double level;
        private long at = System.nanoTime();

        Points(double limit, double perSecond) {
            this.limit = limit;
            this.perSecond = perSecond;
            level = limit;
        }

        @Override
        public double allowed(double seconds) {
            return perSecond * seconds;
        }

        @Override
        boolean take(double cost, long now) {
            level = Math.min(limit, level + perSecond * (now - at) / 1e9);
            at = now;
            boolean isEnough = level >= cost;
            level -= isEnough ? cost : 0;
            return isEnough;
        }

        @Override
        HttpAnswer answer(boolean isEnough, double cost) {
            String body = String.format(
                    Locale.ROOT,
                    "{\"extensions\":{\"cost\":{\"actualQueryCost\":%s,\"throttleStatus\":{\"maximumAvailable\":%f,"
                            + "\"currentlyAvailable\":%f,\"restoreRate\":%f}}}}",
                    isEnough ? cost : "null",
                    limit,
                    level,
                    perSecond);
            return new HttpAnswer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of that platform, by these terms. */
    public record Case(String name, StrictBudget platform, BudgetTerms terms, double cost) {}
}
