package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.AllocationOutcome;
import dev.weir.reservation.Allotment;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the allocations of one SKU in this transaction? Its stock is locked, rows move in memory, and are written
 * once with the movements. For one transaction and one thread.
 */
final class AllocationBook {
    private final AllocationRows store;
    private final String brand;
    private final Sku sku;
    private final StockBook stock;
    private final Instant now;
    private final TreeMap<String, AllocationRow> rows = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();

    private AllocationBook(AllocationRows store, String brand, Sku sku, StockBook stock, Instant now) {
        this.store = store;
        this.brand = brand;
        this.sku = sku;
        this.stock = stock;
        this.now = now;
        store.of(brand, sku).forEach(row -> rows.put(row.channel(), row));
    }

    /** The SKU's allocations with its lapsed holds given back; null when the brand has no such SKU. */
    static @Nullable AllocationBook open(Ledger ledger, AllocationRows store, String brand, Sku sku) {
        Instant now = ledger.now();
        return over(store, brand, sku, ledger.open(brand, List.of(sku), now), now);
    }

    /** The same, with holds left alone: for a transaction that has other stock locked already, and frees only. */
    static @Nullable AllocationBook openAsIs(Ledger ledger, AllocationRows store, String brand, Sku sku) {
        Instant now = ledger.now();
        return over(store, brand, sku, ledger.openAsIs(brand, List.of(sku), now), now);
    }

    private static @Nullable AllocationBook over(
            AllocationRows store, String brand, Sku sku, StockBook stock, Instant now) {
        return stock.row(sku) == null ? null : new AllocationBook(store, brand, sku, stock, now);
    }

    Instant now() {
        return now;
    }

    StockRow stock() {
        StockRow row = stock.row(sku);
        if (row == null) {
            throw new IllegalStateException("sku: " + sku + " (expected: the row locked by this book)");
        }
        return row;
    }

    List<AllocationRow> rows() {
        return List.copyOf(rows.values());
    }

    AllocationRow row(String channel) {
        AllocationRow known = rows.get(channel);
        return known == null ? AllocationRow.none(sku, channel) : known;
    }

    /** At once where it grows; where it gets smaller, by telling the channel first. */
    AllocationOutcome resize(String channel, int wanted, String cause) {
        AllocationRow before = row(channel);
        int size = before.limited(wanted);
        AllocationRow after = size < before.promised()
                ? before.smaller(size, stock().version() + 1, now)
                : before.larger(size, stock().ready());
        move(before, after, cause);
        Allotment view = after.view();
        return view.state() == Allotment.State.STEADY
                ? new AllocationOutcome.Set(view, Math.max(0, wanted - view.units()))
                : new AllocationOutcome.Shrinking(view);
    }

    /** A row that moves no unit. */
    void note(AllocationRow after) {
        if (!after.equals(row(after.channel()))) {
            rows.put(after.channel(), after);
            changed.add(after.channel());
        }
    }

    /** Frees what has drained by now; false when there is nothing. */
    boolean free(String channel) {
        AllocationRow before = row(channel);
        if (!before.isDrained(now)) {
            return false;
        }
        move(before, before.freed(), "allocation/drained");
        return true;
    }

    /** Each allocation down to {@code floor} of its channel, unclamped and out of the rebalancer's hand; how many move. */
    int giveBack(ToIntFunction<String> floor, String cause) {
        int returned = 0;
        for (AllocationRow row : rows()) {
            String channel = row.channel();
            note(row.clampedTo(null).onAir(null, false));
            int least = floor.applyAsInt(channel);
            if (row.promised() > least) {
                resize(channel, least, cause);
                returned++;
            }
        }
        return returned;
    }

    /** Units on hand that are free or some channel's own: nobody is given units that are not there yet. */
    int sellable() {
        return stock().ready() + stock().allocated();
    }

    /** A movement of no unit, so that the stock's version grows and channels are told their number again. */
    void announce(String channel, String cause) {
        stock.move(Movement.allocate(sku, 0, channel, cause));
    }

    private void move(AllocationRow before, AllocationRow after, String cause) {
        if (!after.equals(before)) {
            note(after);
            stock.move(Movement.allocate(sku, after.units() - before.units(), after.channel(), cause));
        }
    }

    /** Writes everything; the gate is told after the commit. */
    void flush(Gate gate) {
        List<StockRow> written = stock.flush();
        changed.forEach(channel -> store.write(brand, row(channel)));
        changed.clear();
        List<Gate.Settled> changes = written.stream()
                .map(row -> new Gate.Settled(row.sku(), row, null, 0, null))
                .toList();
        if (!changes.isEmpty()) {
            AfterCommit.run(() -> gate.settle(brand, changes));
        }
    }
}
