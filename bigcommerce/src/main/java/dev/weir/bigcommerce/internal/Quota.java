package dev.weir.bigcommerce.internal;

import dev.weir.connectors.http.BudgetTerms;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.Reading;
import dev.weir.connectors.http.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much may a store be asked? So many calls in a window that begins anew when it is over, shared with the store's other apps; each
 * answer tells {@code X-Rate-Limit-Requests-Quota}, {@code -Requests-Left}, {@code -Time-Window-Ms} and {@code -Time-Reset-Ms}. Until
 * the first one the smallest plan's are taken: 150 in 30 s.
 *
 * <p>The kit's buckets refill steadily and the window does not. So a fifth of the quota may go at once, the rest comes in evenly, and a
 * reading counts as left what is left less what is yet to come in by the window's end: whatever the mix of waiting and bursts, no window
 * sees more than its quota, and what others take is missed at once.
 */
final class Quota implements BudgetTerms {
    private static final double AT_ONCE = 0.2;
    private static final Duration CLOSED_UNLESS_STATED = Duration.ofSeconds(2);
    private static final double LONGEST_WINDOW_MS = 86_400_000;
    private static final String PREFIX = "x-rate-limit-";
    private static final Bucket SMALLEST_PLAN = bucket(150, 30);

    private static Bucket bucket(double calls, double seconds) {
        return new Bucket("", Math.max(1, calls * AT_ONCE), calls * (1 - AT_ONCE) / seconds);
    }

    @Override
    public Bucket bucket() {
        return SMALLEST_PLAN;
    }

    @Override
    public Optional<Reading> learn(HttpAnswer answer) {
        if (answer.status() == 429) {
            return Optional.of(new Reading.Closed(untilReset(answer)));
        }
        Double calls = figure(answer, "requests-quota");
        Double left = figure(answer, "requests-left");
        Double window = figure(answer, "time-window-ms");
        if (calls == null || left == null || window == null || !(calls > 0) || !(window > 0)) {
            return Optional.empty();
        }
        Double reset = figure(answer, "time-reset-ms");
        Bucket told = bucket(calls, window / 1000);
        double comesIn = told.refillPerSecond() * Math.min(window, reset == null ? window : reset) / 1000;
        return Optional.of(new Reading.Level(left - comesIn, told.limit(), told.refillPerSecond(), null));
    }

    /** How long a refused call is to wait. A refusal for the platform's own sake carries no quota, but may say how long. */
    static Duration untilReset(HttpAnswer answer) {
        Double reset = figure(answer, "time-reset-ms");
        return reset == null
                ? RetryAfter.in(answer).orElse(CLOSED_UNLESS_STATED)
                : Duration.ofMillis((long) Math.ceil(reset));
    }

    private static @Nullable Double figure(HttpAnswer answer, String name) {
        String text = answer.header(PREFIX + name);
        return text != null && text.strip().matches("[0-9]{1,12}")
                ? (Double) Math.min(LONGEST_WINDOW_MS, Double.parseDouble(text.strip()))
                : null;
    }
}
