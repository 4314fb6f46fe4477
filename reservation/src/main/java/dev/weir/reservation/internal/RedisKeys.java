package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where in Redis does what lie? Every key of a brand carries its hash tag, so a brand lives in one slot of a cluster. */
final class RedisKeys {
    private RedisKeys() {}

    /** A hash: {@code epoch}, {@code seq}, {@code ready}. */
    static String pool(String brand) {
        return "weir:{" + brand + "}:pool";
    }

    /** A hash: {@code cap}, {@code held}, {@code v}. */
    static String stock(String brand, Sku sku) {
        return "weir:{" + brand + "}:stock:" + sku;
    }

    /** A sorted set of {@code id|units}, scored by the moment of expiry in ms. */
    static String holds(String brand, Sku sku) {
        return "weir:{" + brand + "}:holds:" + sku;
    }

    /** Marks a hold as asked for. */
    static String marker(String brand, UUID hold) {
        return "weir:{" + brand + "}:hold:" + hold;
    }

    static String member(UUID hold, int units) {
        return hold + "|" + units;
    }

    /** The pool, then stock and holds of each SKU, in the order given. */
    static List<String> of(String brand, Collection<Sku> skus) {
        List<String> keys = new ArrayList<>(1 + 2 * skus.size());
        keys.add(pool(brand));
        keys.addAll(pairs(brand, skus));
        return keys;
    }

    /** Stock and holds of each SKU, in the order given. */
    static List<String> pairs(String brand, Collection<Sku> skus) {
        List<String> keys = new ArrayList<>(2 * skus.size());
        for (Sku sku : skus) {
            keys.add(stock(brand, sku));
            keys.add(holds(brand, sku));
        }
        return keys;
    }

    /** From the millisecond of {@code now} to that of {@code until}, as a script counts them: both begun, so that no end is late. */
    static long millis(Instant now, Instant until) {
        return until.toEpochMilli() - now.toEpochMilli();
    }
}
