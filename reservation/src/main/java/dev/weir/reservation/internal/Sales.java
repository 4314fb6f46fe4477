package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which units does a sale without a hold take? The channel's own first, then free ones; all lines or none. Runs inside a
 * transaction.
 */
final class Sales {
    private static final String ALLOCATED = "select sku, units from allocation"
            + " where brand = ? and channel = ? and sku = any(?) order by sku for update";
    private static final String USE =
            "update allocation set units = units - ? where brand = ? and channel = ? and sku = ?";

    private final Ledger ledger;
    private final Gate gate;

    Sales(Ledger ledger, Gate gate) {
        this.ledger = ledger;
        this.gate = gate;
    }

    SaleOutcome sell(Sale sale) {
        Map<Sku, Integer> asked = ordered(sale);
        Instant now = ledger.now();
        StockBook book = ledger.open(sale.brand(), asked.keySet(), now);
        Map<Sku, Integer> allocated = allocated(sale, asked);
        for (Map.Entry<Sku, Integer> line : asked.entrySet()) {
            StockRow row = book.row(line.getKey());
            int available = row == null ? 0 : row.free() + allocated.getOrDefault(line.getKey(), 0);
            if (available < line.getValue()) {
                tellGate(sale.brand(), book.flush());
                return new SaleOutcome.Shortfall(line.getKey(), line.getValue(), available);
            }
        }
        asked.forEach((sku, units) -> {
            int own = Math.min(units, allocated.getOrDefault(sku, 0));
            if (own > 0) {
                ledger.jdbc().update(USE, own, sale.brand(), sale.channel(), sku.value());
            }
            book.move(Movement.sell(sku, units, own, sale.channel(), sale.cause()));
        });
        tellGate(sale.brand(), book.flush());
        return new SaleOutcome.Taken();
    }

    void restock(Sale sale) {
        Map<Sku, Integer> given = ordered(sale);
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

    private Map<Sku, Integer> allocated(Sale sale, Map<Sku, Integer> asked) {
        Map<Sku, Integer> units = new HashMap<>();
        ledger.jdbc()
                .query(
                        ALLOCATED,
                        rs -> {
                            units.put(new Sku(rs.getString("sku")), rs.getInt("units"));
                        },
                        sale.brand(),
                        sale.channel(),
                        Sql.skus(asked.keySet()));
        return units;
    }

    private void tellGate(String brand, List<StockRow> rows) {
        List<Gate.Settled> changes = rows.stream()
                .map(row -> new Gate.Settled(row.sku(), row, null, 0, null))
                .toList();
        AfterCommit.run(() -> gate.settle(brand, changes));
    }

    private static Map<Sku, Integer> ordered(Sale sale) {
        sale.quantities().forEach((sku, units) -> {
            if (units < 1) {
                throw new IllegalArgumentException("quantity of " + sku + ": " + units + " (expected: 1 or more)");
            }
        });
        return new TreeMap<>(sale.quantities());
    }
}
