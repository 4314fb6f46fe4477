package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import dev.weir.reservation.Shortfall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which units does a sale without a hold take? The channel's own first, then free ones that are on hand, because its buyer was
 * told of no later day; all lines or none. Runs inside a transaction.
 */
final class Sales {
    private final Ledger ledger;
    private final Gate gate;
    private final AllocationRows allocations;
    private final ShortfallDesk shortfalls;
    private final TakenBundles taken;
    private final Returns returns;

    Sales(Ledger ledger, Gate gate, ShortfallDesk shortfalls) {
        this.ledger = ledger;
        this.gate = gate;
        this.allocations = new AllocationRows(ledger.jdbc());
        this.shortfalls = shortfalls;
        this.taken = new TakenBundles(ledger.jdbc());
        this.returns = new Returns(ledger);
    }

    SaleOutcome sell(Sale sale) {
        Recipes recipes = recipes(sale);
        Map<Sku, Integer> asked = recipes.units(sale.quantities());
        Instant now = ledger.now();
        StockBook book = ledger.open(sale.brand(), asked.keySet(), now);
        Map<Sku, AllocationRow> allocated = allocations.ofChannel(sale.brand(), sale.channel(), asked.keySet());
        List<Shortfall.Line> missing = new ArrayList<>();
        asked.forEach((sku, units) -> {
            StockRow row = book.row(sku);
            int available = row == null ? 0 : row.ready() + own(allocated, sku);
            if (available < units) {
                missing.add(new Shortfall.Line(sku, units, available));
            }
        });
        if (missing.isEmpty()) {
            asked.forEach((sku, units) -> take(sale, book, allocated.get(sku), sku, units));
            taken.write(sale.brand(), sale.cause(), recipes);
            shortfalls.settled(sale.brand(), sale.cause(), "the units came");
        } else {
            shortfalls.open(sale.brand(), sale.channel(), sale.cause(), missing, book, now);
        }
        tellGate(sale.brand(), book.flush());
        return missing.isEmpty() ? new SaleOutcome.Taken() : shortfall(missing.getFirst());
    }

    private void take(Sale sale, StockBook book, @Nullable AllocationRow allocation, Sku sku, int units) {
        int own = allocation == null ? 0 : Math.min(units, allocation.units());
        if (allocation != null && own > 0) {
            allocations.write(sale.brand(), allocation.taken(own));
        }
        book.move(Movement.sell(sku, units, own, sale.channel(), sale.cause()));
    }

    private static SaleOutcome shortfall(Shortfall.Line line) {
        return new SaleOutcome.Shortfall(line.sku(), line.asked(), line.available());
    }

    private static int own(Map<Sku, AllocationRow> allocated, Sku sku) {
        AllocationRow row = allocated.get(sku);
        return row == null ? 0 : row.units();
    }

    /** Puts back what {@code sold} took, as {@link Returns} says. */
    void giveBack(Sale back, String sold) {
        counted(back);
        tellGate(back.brand(), returns.move(back, sold).flush());
    }

    void restock(Sale sale) {
        Recipes bundles = recipes(sale);
        if (!bundles.bySku().isEmpty()) {
            throw new IllegalArgumentException(
                    "sku: " + bundles.bySku().keySet() + " of bundles (expected: stock, or the sale that took them)");
        }
        Map<Sku, Integer> given = bundles.units(sale.quantities());
        StockBook book = ledger.openAsIs(sale.brand(), given.keySet(), ledger.now());
        given.forEach((sku, units) -> {
            StockRow row = book.row(sku);
            if (row == null || row.sold() < units) {
                throw new IllegalArgumentException("quantity of " + sku + ": " + units + " (expected: at most the "
                        + (row == null ? 0 : row.sold()) + " sold)");
            }
            book.move(Movement.restock(sku, units, sale.channel(), sale.cause()));
        });
        tellGate(sale.brand(), book.flush());
    }

    private void tellGate(String brand, List<StockRow> rows) {
        List<Gate.Settled> changes = rows.stream()
                .map(row -> new Gate.Settled(row.sku(), row, null, 0, null))
                .toList();
        AfterCommit.run(() -> gate.settle(brand, changes));
    }

    /** A bundle is sold as its components of today. */
    private Recipes recipes(Sale sale) {
        counted(sale);
        return ledger.recipes().read(sale.brand(), sale.quantities().keySet());
    }

    private static void counted(Sale sale) {
        sale.quantities().forEach((sku, units) -> {
            if (units < 1) {
                throw new IllegalArgumentException("quantity of " + sku + ": " + units + " (expected: 1 or more)");
            }
        });
    }
}
