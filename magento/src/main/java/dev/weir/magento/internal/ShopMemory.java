package dev.weir.magento.internal;

import dev.weir.connectors.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What does the hub remember of one shop between two calls? Whose turn it is to write, facts that seldom change, tokens that it
 * logged in for, and which source items it wrote so lately that the shop's index may not show them yet. All of it can be lost: the shop
 * is asked again. Thread-safe.
 */
public final class ShopMemory {
    /** How long a shop's index may lag behind a source item: the time-box of the sheet's section 6.6. */
    static final Duration INDEX_LAG = Duration.ofMinutes(2);

    /** Facts beyond which those that lapsed are thrown away. */
    private static final int MOST_KEPT = 1_000;

    private final Turns turns;
    private final Map<String, String> settings;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();
    private final Map<String, Instant> written = new HashMap<>();

    /** A memory of nothing, for the shop of {@code connection}. */
    public ShopMemory(Connection connection, Clock clock) {
        this(connection, clock, new Turns());
    }

    private ShopMemory(Connection connection, Clock clock, Turns turns) {
        this.settings = connection.settings();
        this.clock = clock;
        this.turns = turns;
    }

    /** This one, or one that forgot everything but the turns because the operator changed the settings. */
    public ShopMemory of(Connection connection) {
        return settings.equals(connection.settings()) ? this : new ShopMemory(connection, clock, turns);
    }

    /** Runs {@code step} while nobody else of this hub writes quantities of sources at the shop. */
    <T> T alone(Supplier<T> step) {
        return turns.in(turns.stock, step);
    }

    /** Runs {@code step} while nobody else uses the customer's one cart. */
    <T> T atCart(Supplier<T> step) {
        return turns.in(turns.cart, step);
    }

    /** Runs {@code step} while nobody else does something for {@code key}; it waits for no stock write. */
    <T> T forKey(String key, Supplier<T> step) {
        return turns.in(turns.keys.get(Math.floorMod(key.hashCode(), turns.keys.size())), step);
    }

    /** The fact {@code name}, asked for when it is not known or older than {@code age}. */
    <T> T keep(String name, Duration age, Class<T> type, Supplier<T> ask) {
        T known = recall(name, type);
        if (known != null) {
            return known;
        }
        T value = ask.get();
        put(name, age, value);
        return value;
    }

    /** Keeps {@code value} as the fact {@code name}. */
    void put(String name, Duration age, Object value) {
        if (kept.size() >= MOST_KEPT) {
            kept.values().removeIf(old -> !clock.instant().isBefore(old.until));
        }
        kept.put(name, new Kept(value, clock.instant().plus(age)));
    }

    /** The fact {@code name}, or null when it is not kept. */
    <T> @Nullable T recall(String name, Class<T> type) {
        Kept known = kept.get(name);
        return known != null && clock.instant().isBefore(known.until) ? type.cast(known.value) : null;
    }

    void forget(String name) {
        kept.remove(name);
    }

    /** Source items of these SKUs were written now. */
    synchronized void wrote(Iterable<String> skus) {
        Instant now = clock.instant();
        written.values().removeIf(at -> at.plus(INDEX_LAG).isBefore(now));
        skus.forEach(sku -> written.put(sku.toLowerCase(Locale.ROOT), now));
    }

    /** Whether the index may still show what was before one of {@code skus} was written. */
    synchronized boolean unsettled(List<String> skus) {
        Instant now = clock.instant();
        return skus.stream().anyMatch(sku -> {
            @Nullable Instant at = written.get(sku.toLowerCase(Locale.ROOT));
            return at != null && !at.plus(INDEX_LAG).isBefore(now);
        });
    }

    private record Kept(Object value, Instant until) {}

    /** Taken in this order: a key's, that of the stock, the cart's. */
    private static final class Turns {
        private static final int KEYS = 32;

        private final ReentrantLock stock = new ReentrantLock();
        private final ReentrantLock cart = new ReentrantLock();
        private final List<ReentrantLock> keys =
                Stream.generate(ReentrantLock::new).limit(KEYS).toList();

        private <T> T in(ReentrantLock lock, Supplier<T> step) {
            lock.lock();
            try {
                return step.get();
            } finally {
                lock.unlock();
            }
        }
    }
}
