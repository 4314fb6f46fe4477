package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final Map<UUID, HoldMoves.Ended> ended = new LinkedHashMap<>();

    private Releases() {}

    /** Ends those of {@code holds} that are live, once {@code journey} goes; RELEASED, or EXPIRED when past their time. */
    static Releases end(Journey journey, Ledger ledger, Collection<UUID> holds, Instant now) {
        Releases releases = new Releases();
        if (!holds.isEmpty()) {
            ledger.moves().end(journey, holds, now, one -> releases.ended.put(one.id(), one));
        }
        return releases;
    }

    /** What must be locked to move their units. */
    Set<Sku> skus() {
        Set<Sku> skus = new TreeSet<>();
        ended.values().forEach(one -> skus.addAll(one.units().keySet()));
        return skus;
    }

    boolean has(UUID hold) {
        return ended.containsKey(hold);
    }

    /** Moves the units back. */
    void move(StockBook book) {
        ended.values().forEach(one -> {
            Movement.Kind kind = one.state() == Hold.State.RELEASED ? Movement.Kind.RELEASE : Movement.Kind.EXPIRE;
            one.units().forEach((sku, quantity) -> book.move(Movement.back(kind, sku, quantity, one.id())));
        });
    }

    /** What the gate is to hear once it is on disk. */
    List<Gate.Settled> changes(List<StockRow> written) {
        List<Gate.Settled> changes = new ArrayList<>();
        ended.values()
                .forEach(one -> one.units().forEach((sku, quantity) -> {
                    StockRow row = written.stream()
                            .filter(candidate -> candidate.sku().equals(sku))
                            .findFirst()
                            .orElse(null);
                    changes.add(new Gate.Settled(sku, row, one.id(), quantity, null));
                }));
        return changes;
    }
}
