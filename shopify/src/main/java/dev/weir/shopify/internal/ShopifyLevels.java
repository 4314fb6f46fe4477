package dev.weir.shopify.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which number did we last see or set for an inventory item? The expected value of the next compare-and-set, so that a
 * write is one call while nobody interferes. The last 50,000 items; forgetting one costs a read. Thread-safe.
 */
public final class ShopifyLevels {
    private static final int LIMIT = 50_000;

    private final Map<Key, Integer> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > LIMIT;
        }
    };

    /** Knows nothing yet. */
    public ShopifyLevels() {}

    synchronized @Nullable Integer get(UUID connection, String item) {
        return known.get(new Key(connection, item));
    }

    synchronized void put(UUID connection, String item, int available) {
        known.put(new Key(connection, item), available);
    }

    synchronized void forget(UUID connection, String item) {
        known.remove(new Key(connection, item));
    }

    private record Key(UUID connection, String item) {}
}
