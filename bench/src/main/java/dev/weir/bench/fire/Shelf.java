package dev.weir.bench.fire;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What should one SKU's counter do? The plain model that histories are compared with: units on hand, sold, and in holds that
 * lapse. Each move answers the next shelf, or null when this one would not have allowed the answer.
 */
record Shelf(int onHand, int sold, Map<String, Kept> holds) {

    /** How does a hold stand? */
    enum Phase {
        HELD,
        PAYING,
        COMMITTED,
        /** Released or lapsed. */
        OVER
    }

    /** Units of one hold. */
    record Kept(int units, Phase phase) {
        boolean live() {
            return phase == Phase.HELD || phase == Phase.PAYING;
        }
    }

    static Shelf empty() {
        return new Shelf(0, 0, Map.of());
    }

    int free() {
        return onHand
                - sold
                - holds.values().stream()
                        .filter(Kept::live)
                        .mapToInt(Kept::units)
                        .sum();
    }

    /** The same hold again is no new one. */
    @Nullable
    Shelf hold(String id, int units) {
        if (holds.containsKey(id)) {
            return this;
        }
        return free() < units ? null : with(id, new Kept(units, Phase.HELD), sold);
    }

    /** Sold out: right when so many were not free. */
    @Nullable
    Shelf refused(int units) {
        return free() < units ? this : null;
    }

    @Nullable
    Shelf commit(String id) {
        Kept kept = holds.get(id);
        return kept == null || !kept.live() ? null : with(id, new Kept(kept.units, Phase.COMMITTED), sold + kept.units);
    }

    @Nullable
    Shelf committedBefore(String id) {
        Kept kept = holds.get(id);
        return kept != null && kept.phase == Phase.COMMITTED ? this : null;
    }

    /** Too late, or released. */
    @Nullable
    Shelf notCommitted(String id) {
        Kept kept = holds.get(id);
        return kept == null || kept.phase == Phase.OVER ? this : null;
    }

    @Nullable
    Shelf pay(String id) {
        Kept kept = holds.get(id);
        return kept == null || kept.phase != Phase.HELD ? null : with(id, new Kept(kept.units, Phase.PAYING), sold);
    }

    /** Harmless for one that is over. */
    @Nullable
    Shelf release(String id) {
        Kept kept = holds.get(id);
        return kept == null || kept.phase == Phase.COMMITTED ? null : with(id, new Kept(kept.units, Phase.OVER), sold);
    }

    /** Its time runs out, if it is still in that phase; one that nobody has yet heard of is born over. */
    Shelf lapse(String id, Phase phase) {
        Kept kept = holds.get(id);
        if (kept == null) {
            return with(id, new Kept(0, Phase.OVER), sold);
        }
        return kept.phase == phase ? with(id, new Kept(kept.units, Phase.OVER), sold) : this;
    }

    @Nullable
    Shelf sell(int units) {
        return free() < units ? null : new Shelf(onHand, sold + units, holds);
    }

    @Nullable
    Shelf restock(int units) {
        return sold < units ? null : new Shelf(onHand, sold - units, holds);
    }

    @Nullable
    Shelf setOnHand(int level) {
        return level < onHand - free() ? null : new Shelf(level, sold, holds);
    }

    /** Right when these were the numbers. */
    @Nullable
    Shelf read(int seenOnHand, int seenSold) {
        return onHand == seenOnHand && sold == seenSold ? this : null;
    }

    private Shelf with(String id, Kept kept, int nowSold) {
        Map<String, Kept> next = new TreeMap<>(holds);
        next.put(id, kept);
        return new Shelf(onHand, nowSold, next);
    }
}
