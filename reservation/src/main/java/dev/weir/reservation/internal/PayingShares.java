package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.PayingOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * May more units of a SKU be in payment? In a hot drop, whoever takes long to pay keeps units from others, so only a share of a
 * SKU may be PAYING at once. Those who are, stay. Runs inside a transaction that has the hold locked.
 */
final class PayingShares {
    private static final String FAIR = "select sku from stock where brand = ? and sku = any(?) and fair";
    private static final String PAYING = "select u.sku, sum(u.units)::integer as units from hold h,"
            + " unnest(h.skus, h.units) as u (sku, units) where h.brand = ? and h.state = 'PAYING' and h.expires_at > ?"
            + " and h.skus && ?::text[] group by u.sku";

    private final Ledger ledger;

    PayingShares(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The first SKU of {@code hold} whose share would be exceeded. Locks the rows of fair SKUs, so that two count one by one. */
    Optional<PayingOutcome.ShareTaken> beyond(HoldRow hold, Instant now) {
        String brand = hold.hold().brand();
        List<Sku> fair = ledger.jdbc()
                .query(
                        FAIR,
                        (rs, n) -> new Sku(rs.getString("sku")),
                        brand,
                        Sql.skus(hold.units().keySet()));
        if (fair.isEmpty()) {
            return Optional.empty();
        }
        StockBook book = ledger.openAsIs(brand, fair, now);
        Map<Sku, Integer> paying = paying(brand, fair, now);
        for (Map.Entry<Sku, Integer> line : hold.units().entrySet()) {
            StockRow row = book.row(line.getKey());
            int others = paying.getOrDefault(line.getKey(), 0);
            if (row != null && others > 0 && (long) others + line.getValue() > row.mostPaying()) {
                return Optional.of(new PayingOutcome.ShareTaken(line.getKey(), others, row.mostPaying()));
            }
        }
        return Optional.empty();
    }

    private Map<Sku, Integer> paying(String brand, List<Sku> skus, Instant now) {
        Map<Sku, Integer> units = new HashMap<>();
        ledger.jdbc()
                .query(
                        PAYING,
                        (RowCallbackHandler) rs -> units.put(new Sku(rs.getString("sku")), rs.getInt("units")),
                        brand,
                        Sql.at(now),
                        Sql.skus(skus));
        return units;
    }
}
