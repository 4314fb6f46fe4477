package dev.weir.connectors.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What are the terms of a platform that counts calls in a window of time and says only when it was too many? TikTok Shop (calls a
 * second, 429 with or without {@code Retry-After}), Meta's catalogue batches (calls a minute).
 *
 * <p>Calls are spread so that no window, wherever it begins, sees more than {@code calls}: a twentieth of them, but one at least, may
 * go at once, the others evenly. A twentieth of the window is left for calls that take longer to arrive than the one before them.
 */
public final class CallsPerWindow implements BudgetTerms {
    private static final double AT_ONCE = 0.05;
    private static final double LONGER = 1.05;
    private static final Duration CLOSED_UNLESS_STATED = Duration.ofSeconds(1);

    private final Bucket bucket;
    private final Predicate<HttpAnswer> tooMany;
    private final Duration unlessStated;

    /**
     * At most {@code calls} (1 or more) in any {@code window} (more than 0), each costing 1; a 429 closes for as long as it
     * says, or a second.
     */
    public CallsPerWindow(String name, int calls, Duration window) {
        this(bucket(name, calls, window, 0), answer -> answer.status() == 429, CLOSED_UNLESS_STATED);
    }

    /**
     * As above, where {@code spared} calls (1 or more) are never taken by {@link Lane#CATALOGUE}: for windows so long that who comes
     * behind a catalogue would wait too long for the next call. They go at once when they are there, so the others are fewer by as many;
     * of fewer than {@code 3 * spared + 1} calls a third is spared at most.
     */
    public static CallsPerWindow sparing(int spared, String name, int calls, Duration window) {
        int most = Math.max(0, Math.min(spared, (calls - 1) / 3));
        return new CallsPerWindow(
                bucket(name, calls, window, most), answer -> answer.status() == 429, CLOSED_UNLESS_STATED);
    }

    private CallsPerWindow(Bucket bucket, Predicate<HttpAnswer> tooMany, Duration unlessStated) {
        this.bucket = bucket;
        this.tooMany = tooMany;
        this.unlessStated = unlessStated;
    }

    /** The same, where {@code tooMany} knows the refusal and {@code unlessStated} is how long it closes without Retry-After. */
    public CallsPerWindow closing(Predicate<HttpAnswer> tooMany, Duration unlessStated) {
        return new CallsPerWindow(bucket, tooMany, unlessStated);
    }

    private static Bucket bucket(String name, int calls, Duration window, int spared) {
        if (calls < 1 || window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException(
                    "calls: " + calls + " in " + window + " (expected: 1 or more, in more than 0)");
        }
        double atOnce = Math.max(1 + spared, Math.floor(calls * AT_ONCE));
        double seconds = window.toMillis() / 1000.0 * LONGER;
        return new Bucket(name, atOnce, (calls + 1 - atOnce) / seconds, spared);
    }

    @Override
    public Bucket bucket() {
        return bucket;
    }

    @Override
    public Optional<Reading> learn(HttpAnswer answer) {
        return tooMany.test(answer)
                ? Optional.of(new Reading.Closed(RetryAfter.in(answer).orElse(unlessStated)))
                : Optional.empty();
    }
}
