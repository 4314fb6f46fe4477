package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Which bundles does this hub believe in, without asking? What it believes carries a version, which the ledger compares in
 * the transaction of the grant; a hub that missed a change learns it there, or at the sweeper's next call. Thread-safe.
 */
final class RecipeBook {
    private static final String OF_BRAND = "select p.bundles, b.sku, b.component, b.units from pool p"
            + " left join bundle b on b.brand = p.brand where p.brand = ?";
    private static final String OF_SKUS =
            "select 0 as bundles, sku, component, units from bundle where brand = ? and sku = any(?)";
    private static final String VERSIONS = "select brand, bundles from pool where bundles > 0";

    private final JdbcTemplate jdbc;
    private final ConcurrentMap<String, Recipes> believed = new ConcurrentHashMap<>();

    RecipeBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What is believed; before anything was learnt, that there are no bundles. */
    Recipes of(String brand) {
        return believed.getOrDefault(brand, Recipes.NONE);
    }

    /** Learns a brand's bundles as they are now. */
    void reload(String brand) {
        Recipes now = query(OF_BRAND, brand);
        believed.merge(brand, now, (before, read) -> read.version() >= before.version() ? read : before);
    }

    /** Learns what has changed since: one small query when nothing has. */
    void refresh() {
        Map<String, Long> versions = new HashMap<>();
        jdbc.query(VERSIONS, (RowCallbackHandler) rs -> versions.put(rs.getString("brand"), rs.getLong("bundles")));
        versions.forEach((brand, version) -> {
            if (of(brand).version() != version) {
                reload(brand);
            }
        });
    }

    /** Those of {@code skus} as this transaction sees them. */
    Recipes read(String brand, Collection<Sku> skus) {
        return query(OF_SKUS, brand, Sql.skus(skus));
    }

    private Recipes query(String sql, Object... parameters) {
        long[] version = {0};
        Map<Sku, NavigableMap<Sku, Integer>> bySku = new HashMap<>();
        jdbc.query(
                sql,
                (RowCallbackHandler) rs -> {
                    version[0] = rs.getLong("bundles");
                    String sku = rs.getString("sku");
                    if (sku != null) {
                        bySku.computeIfAbsent(new Sku(sku), any -> new TreeMap<>())
                                .put(new Sku(rs.getString("component")), rs.getInt("units"));
                    }
                },
                parameters);
        return new Recipes(version[0], bySku);
    }
}
