package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Sale;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Which units go back of a sale? What it took, as its movements say, and never more than is still out of it; a bundle as it
 * was made when it was taken. Runs inside a transaction.
 */
final class Returns {
    /** A cause and all below it, which a reader of the index finds between {@code cause/} and {@code cause0}. */
    private static final String OF_SALE =
            " from stock_movement where brand = ? and (cause = ? or (cause collate \"C\" >= ? and cause collate \"C\" < ?))";

    private static final String OUT =
            "select sku, sum(sold) as units" + OF_SALE + " and kind in ('SELL', 'COMMIT', 'RESTOCK') group by sku";
    private static final String NEWEST =
            "select cause, hold_id" + OF_SALE + " and kind in ('SELL', 'COMMIT') order by id desc limit 1";

    private final Ledger ledger;
    private final TakenBundles bundles;

    Returns(Ledger ledger) {
        this.ledger = ledger;
        this.bundles = new TakenBundles(ledger.jdbc());
    }

    /** Moves {@code back}, of what was sold under {@code sold} and below, in a book that it opens; the caller flushes it. */
    StockBook move(Sale back, String sold) {
        NavigableMap<Sku, Integer> wanted = wanted(back, sold);
        StockBook book = ledger.openAsIs(back.brand(), wanted.keySet(), ledger.now());
        // Read under the lock, so that of two that come back at once neither overlooks the other.
        Map<Sku, Integer> out = out(back.brand(), sold);
        wanted.forEach((sku, units) -> {
            int most = Math.min(units, out.getOrDefault(sku, 0));
            if (most > 0) {
                book.move(Movement.restock(sku, most, back.channel(), back.cause()));
            }
        });
        return book;
    }

    private NavigableMap<Sku, Integer> wanted(Sale back, String sold) {
        Map<Sku, Integer> out = out(back.brand(), sold);
        Recipes then = taken(back.brand(), sold);
        // For sales from before compositions were noted: as it is today, and no more than is out.
        Recipes now = ledger.recipes().read(back.brand(), back.quantities().keySet());
        NavigableMap<Sku, Integer> wanted = new TreeMap<>();
        back.quantities().forEach((sku, units) -> {
            boolean plain = then.bySku().containsKey(sku) || out.containsKey(sku);
            (plain ? then : now)
                    .units(Map.of(sku, units))
                    .forEach((component, all) -> wanted.merge(component, all, Math::addExact));
        });
        return wanted;
    }

    private Recipes taken(String brand, String sold) {
        JdbcTemplate jdbc = ledger.jdbc();
        return jdbc
                .query(
                        NEWEST,
                        (rs, n) -> {
                            UUID hold = rs.getObject("hold_id", UUID.class);
                            return bundles.read(brand, hold == null ? rs.getString("cause") : "hold/" + hold);
                        },
                        brand,
                        sold,
                        sold + "/",
                        sold + "0")
                .stream()
                .findFirst()
                .orElse(Recipes.NONE);
    }

    private Map<Sku, Integer> out(String brand, String sold) {
        Map<Sku, Integer> out = new HashMap<>();
        ledger.jdbc()
                .query(
                        OUT,
                        (RowCallbackHandler) rs -> out.put(new Sku(rs.getString("sku")), rs.getInt("units")),
                        brand,
                        sold,
                        sold + "/",
                        sold + "0");
        return out;
    }
}
