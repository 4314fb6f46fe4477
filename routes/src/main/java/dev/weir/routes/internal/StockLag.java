package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Since when does a shop not show what has changed? The first news of a SKU counts until it is written. Not thread-safe. */
final class StockLag {
    private final Map<Sku, Instant> waiting = new HashMap<>();
    private final Map<Sku, Instant> underWay = new HashMap<>();

    void heard(Sku sku, Instant now) {
        waiting.putIfAbsent(sku, now);
    }

    /** It needs no telling any more. */
    void fellOut(Sku sku) {
        waiting.remove(sku);
    }

    /** They are being written. */
    void taken(Collection<Sku> skus) {
        for (Sku sku : skus) {
            Instant since = waiting.remove(sku);
            if (since != null) {
                underWay.put(sku, since);
            }
        }
    }

    /** What was being written is, or was refused. */
    void written() {
        underWay.clear();
    }

    /** What was being written waits again, as long as it has. */
    void putBack() {
        underWay.forEach((sku, since) -> waiting.merge(sku, since, (a, b) -> a.isBefore(b) ? a : b));
        underWay.clear();
    }

    Duration behind(Instant now) {
        return Stream.concat(waiting.values().stream(), underWay.values().stream())
                .min(Instant::compareTo)
                .map(oldest -> Duration.between(oldest, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }
}
