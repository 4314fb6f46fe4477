package dev.weir.simulcast.internal.targets;

import java.time.Duration;
import java.util.SplittableRandom;

/** Waits that double up to a bound, each spread by a fifth so that targets do not retry in step. Not thread-safe. */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 16;

    private final Duration first;
    private final Duration max;
    private final SplittableRandom random;
    private int failures;

    /** Begins with {@code first}. */
    public Backoff(Duration first, Duration max, long seed) {
        this.first = first;
        this.max = max;
        this.random = new SplittableRandom(seed);
    }

    /** The wait after one more failure. */
    public Duration next() {
        long nominal = Math.min(first.toMillis() << Math.min(failures, MAX_DOUBLINGS), max.toMillis());
        failures++;
        return Duration.ofMillis(Math.round(nominal * random.nextDouble(0.8, 1.2)));
    }

    /** It went well for long enough: the next failure is a first one again. */
    public void reset() {
        failures = 0;
    }
}
