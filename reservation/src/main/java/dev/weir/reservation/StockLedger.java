package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How many units are there, and who has them? PostgreSQL's answer; expired holds count as free. Thread-safe. */
public interface StockLedger {
    /** The level of one SKU, or empty when the brand has no such SKU. */
    Optional<Level> level(String brand, Sku sku);

    /** Levels in order of SKU, from {@code after} (exclusive, or the empty string) on; {@code limit} 1..500. */
    List<Level> levels(String brand, String after, int limit);

    /**
     * Sets units on hand, creating the SKU when it is new; refused with IllegalArgumentException below what is held, sold
     * and allocated and not to be pre-ordered. Joins the caller's transaction.
     */
    Level setOnHand(String brand, Sku sku, int onHand, String cause);

    /**
     * Gives stock to those of {@code onHand} (units by SKU, 1,000 at most) that the brand does not stock yet; SKUs that it does, and
     * bundles, are left as they are. Returns those that were new. Joins the caller's transaction.
     */
    default Set<Sku> bringIn(String brand, Map<Sku, Integer> onHand, String cause) {
        Set<Sku> fresh = new TreeSet<>();
        new TreeMap<>(onHand).forEach((sku, units) -> {
            if (level(brand, sku).isEmpty()) {
                setOnHand(brand, sku, units, cause);
                fresh.add(sku);
            }
        });
        return fresh;
    }

    /**
     * @param available {@code onHand + preOrder of its rules - held - sold - allocated}, never negative; 0 while buyers wait in
     *     line
     * @param version grows with each change
     * @param preOrder how many of {@code available} are not on hand
     * @param shipsFrom the day from which these can be sent; null when nobody knows
     * @param line whether buyers may wait in line for it
     */
    record Level(
            Sku sku,
            int onHand,
            int held,
            int sold,
            int available,
            List<Allocation> allocations,
            long version,
            int preOrder,
            @Nullable LocalDate shipsFrom,
            boolean line) {
        /** Copies the allocations. */
        public Level {
            allocations = List.copyOf(allocations);
        }

        /** A level of units that are all on hand. */
        public Level(
                Sku sku, int onHand, int held, int sold, int available, List<Allocation> allocations, long version) {
            this(sku, onHand, held, sold, available, allocations, version, 0, null, false);
        }
    }

    /** Units that only {@code channel} may sell. */
    record Allocation(String channel, int units) {}
}
