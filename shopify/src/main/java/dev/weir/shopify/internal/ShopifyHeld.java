package dev.weir.shopify.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which holds did this process take or give back at a shop? Saves asking again; the last 50,000. What is forgotten, or was done
 * by another hub, Shopify's own idempotency keys know. Thread-safe.
 */
public final class ShopifyHeld {
    private static final int LIMIT = 50_000;

    private final Map<Key, Known> states = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Known> eldest) {
            return size() > LIMIT;
        }
    };

    /** Knows no hold yet. */
    public ShopifyHeld() {}

    synchronized @Nullable Known get(UUID connection, String hold) {
        return states.get(new Key(connection, hold));
    }

    synchronized void put(UUID connection, String hold, State state, int round) {
        states.put(new Key(connection, hold), new Known(state, round));
    }

    /** What was done last. */
    enum State {
        TAKEN,
        GIVEN_BACK
    }

    /** {@code round} counts how often the hold began: its units may be taken again after they went back. */
    record Known(State state, int round) {}

    private record Key(UUID connection, String hold) {}
}
