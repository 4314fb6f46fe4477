package dev.weir.bench;

import java.util.Arrays;
import java.util.Locale;

/** What did a run measure? Latencies in nanoseconds; {@code wallNanos} is the whole run's time. */
record Figures(String name, long[] latencies, long wallNanos) {
    Figures {
        latencies = latencies.clone();
        Arrays.sort(latencies);
    }

    double perSecond() {
        return latencies.length * 1e9 / wallNanos;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-34s %8.0f/s   p50 %7.2f ms   p95 %7.2f ms   p99 %7.2f ms   max %7.2f ms",
                name,
                perSecond(),
                millis(0.50),
                millis(0.95),
                millis(0.99),
                millis(1));
    }

    private double millis(double quantile) {
        int index = (int) Math.min(latencies.length - 1L, Math.round(quantile * (latencies.length - 1)));
        return latencies[index] / 1e6;
    }
}
