package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Bundle;
import dev.weir.reservation.Bundles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bundles in PostgreSQL. Each change takes the row of the brand's pool, which grants share: none is worked out with one
 * composition and written under another.
 */
public final class JdbcBundles implements Bundles {
    private static final int MOST = 500;
    private static final String CHANGED = "insert into pool (brand, epoch, opened_at, bundles)"
            + " values (?, 1, clock_timestamp(), 1) on conflict (brand) do update set bundles = pool.bundles + 1";
    /** Whoever makes a SKU a bundle and whoever gives it stock look at what the other did, one after the other. */
    private static final String ONE_MEANING = "select pg_advisory_xact_lock(hashtextextended(? || ' ' || ?, 0))";

    /** In one order, so that two who ask for the same SKUs wait for each other instead of both being stuck. */
    private static final String ONE_MEANING_EACH =
            "select pg_advisory_xact_lock(hashtextextended(? || ' ' || n.sku, 0))"
                    + " from (select sku from unnest(?::text[]) as u (sku) order by sku) as n";

    private static final String STOCKED = "select sku from stock where brand = ? and sku = any(?)";
    private static final String IS_BUNDLE = "select exists (select 1 from bundle where brand = ? and sku = ?)";
    private static final String CLEAR = "delete from bundle where brand = ? and sku = ?";
    private static final String ADD = "insert into bundle (brand, sku, component, units) values (?, ?, ?, ?)";
    private static final String PAGE =
            "select sku, component, units from bundle where brand = ? and sku in (select distinct"
                    + " sku from bundle where brand = ? and sku > ? order by sku limit ?) order by sku, component";

    private final JdbcTemplate jdbc;
    private final RecipeBook recipes;
    private final TransactionTemplate joining;

    /** {@code joining} takes part in the caller's transaction. */
    public JdbcBundles(Ledger ledger, TransactionTemplate joining) {
        this.jdbc = ledger.jdbc();
        this.recipes = ledger.recipes();
        this.joining = joining;
    }

    @Override
    public Optional<Bundle> find(String brand, Sku sku) {
        return Optional.ofNullable(recipes.read(brand, List.of(sku)).bySku().get(sku))
                .map(components -> new Bundle(sku, components));
    }

    @Override
    public List<Bundle> list(String brand, String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        Map<Sku, NavigableMap<Sku, Integer>> page = new TreeMap<>();
        jdbc.query(
                PAGE,
                (RowCallbackHandler) rs -> page.computeIfAbsent(new Sku(rs.getString("sku")), any -> new TreeMap<>())
                        .put(new Sku(rs.getString("component")), rs.getInt("units")),
                brand,
                brand,
                after,
                limit);
        List<Bundle> bundles = new ArrayList<>();
        page.forEach((sku, components) -> bundles.add(new Bundle(sku, components)));
        return bundles;
    }

    @Override
    public void define(String brand, Bundle bundle) {
        joining.executeWithoutResult(status -> defineNow(brand, bundle));
        AfterCommit.run(() -> recipes.reload(brand));
    }

    @Override
    public boolean dissolve(String brand, Sku sku) {
        boolean was = Boolean.TRUE.equals(joining.execute(status -> {
            jdbc.update(CHANGED, brand);
            return jdbc.update(CLEAR, brand, sku.value()) > 0;
        }));
        AfterCommit.run(() -> recipes.reload(brand));
        return was;
    }

    private void defineNow(String brand, Bundle bundle) {
        jdbc.update(CHANGED, brand);
        oneMeaning(jdbc, brand, bundle.sku());
        if (!stocked(brand, List.of(bundle.sku())).isEmpty()) {
            throw new IllegalArgumentException("sku: " + bundle.sku() + " has stock (expected: a SKU without)");
        }
        List<Sku> missing = new ArrayList<>(bundle.components().keySet());
        missing.removeAll(stocked(brand, missing));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("components: " + missing + " (expected: SKUs that have stock)");
        }
        jdbc.update(CLEAR, brand, bundle.sku().value());
        bundle.components()
                .forEach((component, units) ->
                        jdbc.update(ADD, brand, bundle.sku().value(), component.value(), units));
    }

    /** For a SKU that has just been given stock: refused when it is a bundle. */
    static void refuseBundle(JdbcTemplate jdbc, String brand, Sku sku) {
        oneMeaning(jdbc, brand, sku);
        if (Boolean.TRUE.equals(jdbc.queryForObject(IS_BUNDLE, Boolean.class, brand, sku.value()))) {
            throw new IllegalArgumentException("sku: " + sku + " is a bundle (expected: stock of its components)");
        }
    }

    static void oneMeaning(JdbcTemplate jdbc, String brand, Collection<Sku> skus) {
        jdbc.query(ONE_MEANING_EACH, (RowCallbackHandler) rs -> {}, brand, Sql.skus(skus));
    }

    private List<Sku> stocked(String brand, List<Sku> skus) {
        return jdbc.query(STOCKED, (rs, n) -> new Sku(rs.getString("sku")), brand, Sql.skus(skus));
    }

    private static void oneMeaning(JdbcTemplate jdbc, String brand, Sku sku) {
        jdbc.query(ONE_MEANING, (RowCallbackHandler) rs -> {}, brand, sku.value());
    }
}
