package dev.weir.bench.hold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How late after the end of a hold did something happen? Thread-safe. */
public final class Late {
    private final List<Long> micros = Collections.synchronizedList(new ArrayList<>());

    /** It was due then, and was done then. */
    public void add(Instant due, Instant done) {
        micros.add(Duration.between(due, done).toNanos() / 1000);
    }

    /** How often it was done. */
    public int size() {
        return micros.size();
    }

    /** One line. */
    public String line(String name) {
        List<Long> sorted;
        synchronized (micros) {
            sorted = micros.stream().sorted().toList();
        }
        return sorted.isEmpty()
                ? String.format(Locale.ROOT, "%-62s never", name)
                : String.format(
                        Locale.ROOT,
                        "%-62s %,6d times   p50 %7.1f ms   p99 %7.1f ms   max %7.1f ms",
                        name,
                        sorted.size(),
                        at(sorted, 0.5),
                        at(sorted, 0.99),
                        at(sorted, 1));
    }

    private static double at(List<Long> sorted, double quantile) {
        return sorted.get((int) (quantile * (sorted.size() - 1))) / 1000.0;
    }
}
