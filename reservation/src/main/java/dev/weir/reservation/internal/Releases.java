package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which units come back with the holds that are given back? Ended in one statement, in the transaction of whoever opens the
 * stock next. For one transaction and one thread.
 */
final class Releases {
    private final Map<UUID, Hold.State> ended;
    private final Map<UUID, Map<Sku, Integer>> units;

    private Releases(Map<UUID, Hold.State> ended, Map<UUID, Map<Sku, Integer>> units) {
        this.ended = ended;
        this.units = units;
    }

    /** Ends those of {@code holds} that are live; RELEASED, or EXPIRED when past their time. */
    static Releases end(Ledger ledger, Collection<UUID> holds, Instant now) {
        if (holds.isEmpty()) {
            return new Releases(Map.of(), Map.of());
        }
        Map<UUID, Hold.State> ended = ledger.moves().end(holds, now);
        return new Releases(ended, ledger.holds().units(ended.keySet()));
    }

    /** What must be locked to move their units. */
    Set<Sku> skus() {
        Set<Sku> skus = new TreeSet<>();
        units.values().forEach(ofHold -> skus.addAll(ofHold.keySet()));
        return skus;
    }

    boolean has(UUID hold) {
        return ended.containsKey(hold);
    }

    /** Moves the units back. */
    void move(StockBook book) {
        ended.forEach((hold, state) -> {
            Movement.Kind kind = state == Hold.State.RELEASED ? Movement.Kind.RELEASE : Movement.Kind.EXPIRE;
            units.getOrDefault(hold, Map.of())
                    .forEach((sku, quantity) -> book.move(Movement.back(kind, sku, quantity, hold)));
        });
    }

    /** What the gate is to hear once it is on disk. */
    List<Gate.Settled> changes(List<StockRow> written) {
        List<Gate.Settled> changes = new ArrayList<>();
        units.forEach((hold, ofHold) -> ofHold.forEach((sku, quantity) -> {
            StockRow row = written.stream()
                    .filter(candidate -> candidate.sku().equals(sku))
                    .findFirst()
                    .orElse(null);
            changes.add(new Gate.Settled(sku, row, hold, quantity, null));
        }));
        return changes;
    }
}
