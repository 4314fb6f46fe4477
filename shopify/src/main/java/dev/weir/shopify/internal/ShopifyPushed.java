package dev.weir.shopify.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which orders and shipments did this process push lately? Shopify's search shows a new order only after some seconds, and its
 * {@code orderCreate} knows no idempotency key: a repeat within those seconds is answered from here, and two pushes of one
 * key never run at once. The last 10,000 keys. Thread-safe.
 */
public final class ShopifyPushed {
    private static final int LIMIT = 10_000;
    private static final int STRIPES = 64;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];
    private final Map<Key, String> ids = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > LIMIT;
        }
    };

    private final Map<Key, Instant> doubts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Instant> eldest) {
            return size() > LIMIT;
        }
    };

    /** Knows no order yet. */
    public ShopifyPushed() {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            stripes[stripe] = new ReentrantLock();
        }
    }

    /** The order's id: remembered, or what {@code push} answers. */
    String once(UUID connection, String key, Supplier<String> push) {
        Key whole = new Key(connection, key);
        ReentrantLock lock = stripes[Math.floorMod(whole.hashCode(), STRIPES)];
        lock.lock();
        try {
            String known = get(whole);
            if (known != null) {
                return known;
            }
            String id = push.get();
            put(whole, id);
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #remember} was told of {@code key}, or {@link #once} answered it. */
    boolean knows(UUID connection, String key) {
        return get(new Key(connection, key)) != null;
    }

    /** Keeps {@code id} under {@code key}. */
    void remember(UUID connection, String key, String id) {
        put(new Key(connection, key), id);
    }

    /** Keeps that whether {@code key} was made is not known since {@code at}. */
    synchronized void doubt(UUID connection, String key, Instant at) {
        doubts.put(new Key(connection, key), at);
    }

    /** Since when it has not been known whether {@code key} was made; null when it is not in doubt. */
    synchronized @Nullable Instant doubted(UUID connection, String key) {
        return doubts.get(new Key(connection, key));
    }

    private synchronized @Nullable String get(Key key) {
        return ids.get(key);
    }

    private synchronized void put(Key key, String id) {
        ids.put(key, id);
    }

    private record Key(UUID connection, String key) {}
}
