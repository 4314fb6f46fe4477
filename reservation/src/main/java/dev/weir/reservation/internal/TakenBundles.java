package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** What was a bundle made of when a hold or a sale took it? Written with the units, in their transaction. */
final class TakenBundles {
    private static final String WRITE = "insert into bundle_taken (brand, cause, sku, component, units)"
            + " values (?, ?, ?, ?, ?) on conflict do nothing";
    private static final String READ = "select sku, component, units from bundle_taken where brand = ? and cause = ?";

    private final JdbcTemplate jdbc;

    TakenBundles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes the bundles of holds; costs nothing when there are none. */
    void write(List<Ask> asks) {
        List<Object[]> rows = new ArrayList<>();
        for (Ask ask : asks) {
            ask.request()
                    .lines()
                    .forEach(line -> rows.addAll(rows(ask.brand(), "hold/" + ask.holdId(), line.sku(), ask.recipes())));
        }
        write(rows.toArray(Object[][]::new));
    }

    /** Notes the bundles of a sale. */
    void write(String brand, String cause, Recipes recipes) {
        write(recipes.bySku().keySet().stream()
                .flatMap(sku -> rows(brand, cause, sku, recipes).stream())
                .toArray(Object[][]::new));
    }

    private static List<Object[]> rows(String brand, String cause, Sku sku, Recipes recipes) {
        List<Object[]> rows = new ArrayList<>();
        recipes.bySku()
                .getOrDefault(sku, new TreeMap<>())
                .forEach((component, each) ->
                        rows.add(new Object[] {brand, cause, sku.value(), component.value(), each}));
        return rows;
    }

    private void write(Object[][] rows) {
        if (rows.length > 0) {
            jdbc.batchUpdate(WRITE, List.of(rows));
        }
    }

    /** Those taken under {@code cause}. */
    Recipes read(String brand, String cause) {
        Map<Sku, NavigableMap<Sku, Integer>> bySku = new HashMap<>();
        jdbc.query(
                READ,
                (RowCallbackHandler) rs -> bySku.computeIfAbsent(new Sku(rs.getString("sku")), any -> new TreeMap<>())
                        .put(new Sku(rs.getString("component")), rs.getInt("units")),
                brand,
                cause);
        return new Recipes(0, bySku);
    }
}
