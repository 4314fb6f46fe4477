package dev.weir.live.internal;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalogue in PostgreSQL. */
public final class JdbcCatalogue implements Catalogue {
    private static final int MAX_LISTINGS = 10_000;
    private static final String PUT_PRODUCT = """
            insert into product (brand, sku, title, price_minor, currency, image_url, updated_at)
            values (:brand, :sku, :title, :price, :currency, :image, :now)
            on conflict (brand, sku) do update set title = excluded.title,
              price_minor = excluded.price_minor, currency = excluded.currency,
              image_url = coalesce(excluded.image_url, product.image_url),
              updated_at = excluded.updated_at""";

    /** The shop gave the variant another SKU: the id has one owner. */
    private static final String FREE_ID =
            "delete from listing where connection_id = :connection and external_id = :id and sku <> :sku";

    private static final String PUT_LISTING = """
            insert into listing (connection_id, sku, brand, title, price_minor, currency, image_url,
              external_id, stock_ref, on_hand)
            values (:connection, :sku, :brand, :title, :price, :currency, :image, :id, :stockRef, :onHand)
            on conflict (connection_id, sku) do update set brand = excluded.brand, title = excluded.title,
              price_minor = excluded.price_minor, currency = excluded.currency,
              image_url = excluded.image_url, external_id = excluded.external_id,
              stock_ref = excluded.stock_ref, on_hand = excluded.on_hand""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batch;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcCatalogue(
            JdbcClient jdbc, NamedParameterJdbcOperations batch, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void put(String brand, UUID connectionId, Listing listing) {
        putAll(brand, connectionId, List.of(listing));
    }

    @Override
    public void putAll(String brand, UUID connectionId, List<Listing> listings) {
        listings.forEach(JdbcCatalogue::check);
        OffsetDateTime now = Sql.at(Sql.now(clock));
        transaction.executeWithoutResult(status -> {
            batch.batchUpdate(
                    PUT_PRODUCT,
                    rows(listings, listing -> product(brand, listing).addValue("now", now)));
            putIds(brand, connectionId, listings);
        });
    }

    @Override
    public void putIds(String brand, UUID connectionId, List<Listing> listings) {
        SqlParameterSource[] rows = rows(
                listings,
                listing -> product(brand, listing)
                        .addValue("connection", connectionId)
                        .addValue("id", listing.externalId())
                        .addValue("stockRef", listing.stockRef())
                        .addValue("onHand", listing.onHand()));
        transaction.executeWithoutResult(status -> {
            batch.batchUpdate(FREE_ID, rows);
            batch.batchUpdate(PUT_LISTING, rows);
        });
    }

    @Override
    public Optional<Product> find(String brand, Sku sku) {
        return jdbc.sql("select * from product where brand = :brand and sku = :sku")
                .param("brand", brand)
                .param("sku", sku.value())
                .query(JdbcCatalogue::product)
                .optional();
    }

    @Override
    public List<Product> find(String brand, Collection<Sku> skus) {
        return jdbc.sql("select * from product where brand = :brand and sku = any(:skus)")
                .param("brand", brand)
                .param("skus", skus(skus))
                .query(JdbcCatalogue::product)
                .list();
    }

    @Override
    public List<Product> list(String brand, String after, int limit) {
        Sql.checkLimit(limit, 500);
        return jdbc.sql("""
                        select * from product where brand = :brand and sku collate "C" > :after
                        order by sku collate "C" limit :limit""")
                .param("brand", brand)
                .param("after", after)
                .param("limit", limit)
                .query(JdbcCatalogue::product)
                .list();
    }

    @Override
    public List<Product> search(String brand, String words, String after, int limit) {
        Sql.checkLimit(limit, 500);
        return jdbc.sql("""
                        select * from product where brand = :brand and sku collate "C" > :after
                          and (strpos(lower(sku), lower(:words)) > 0 or strpos(lower(title), lower(:words)) > 0)
                        order by sku collate "C" limit :limit""")
                .param("brand", brand)
                .param("words", words)
                .param("after", after)
                .param("limit", limit)
                .query(JdbcCatalogue::product)
                .list();
    }

    @Override
    public Optional<Listing> listing(UUID connectionId, Sku sku) {
        return jdbc.sql("select * from listing where connection_id = :connection and sku = :sku")
                .param("connection", connectionId)
                .param("sku", sku.value())
                .query(JdbcCatalogue::listing)
                .optional();
    }

    @Override
    public List<Listing> listings(UUID connectionId, Collection<Sku> skus) {
        return jdbc.sql("select * from listing where connection_id = :connection and sku = any(:skus)")
                .param("connection", connectionId)
                .param("skus", skus(skus))
                .query(JdbcCatalogue::listing)
                .list();
    }

    @Override
    public List<Listing> listings(UUID connectionId) {
        return jdbc.sql(
                        "select * from listing where connection_id = :connection order by sku collate \"C\" limit :limit")
                .param("connection", connectionId)
                .param("limit", MAX_LISTINGS)
                .query(JdbcCatalogue::listing)
                .list();
    }

    @Override
    public Optional<Sku> skuOf(UUID connectionId, String externalIdOrStockRef) {
        return jdbc.sql("""
                        select sku from listing where connection_id = :connection
                          and (external_id = :ref or stock_ref = :ref)
                        order by external_id = :ref desc, sku collate "C" limit 1""")
                .param("connection", connectionId)
                .param("ref", externalIdOrStockRef)
                .query((row, n) -> new Sku(row.getString(1)))
                .optional();
    }

    private static void check(Listing listing) {
        if (listing.price().minor() < 0) {
            throw new IllegalArgumentException(
                    "price: " + listing.price() + " (expected: 0 or more) for sku " + listing.sku());
        }
    }

    private static SqlParameterSource[] rows(List<Listing> listings, Function<Listing, SqlParameterSource> row) {
        return listings.stream().map(row).toArray(SqlParameterSource[]::new);
    }

    private static MapSqlParameterSource product(String brand, Listing listing) {
        return new MapSqlParameterSource()
                .addValue("brand", brand)
                .addValue("sku", listing.sku().value())
                .addValue("title", listing.title())
                .addValue("price", listing.price().minor())
                .addValue("currency", listing.price().currency().getCurrencyCode())
                .addValue("image", text(listing.imageUrl()));
    }

    private static String[] skus(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                new Sku(row.getString("sku")),
                row.getString("title"),
                Money.ofMinor(row.getLong("price_minor"), row.getString("currency")),
                Sql.uriOrNull(row, "image_url"));
    }

    private static Listing listing(ResultSet row, int number) throws SQLException {
        return new Listing(
                new Sku(row.getString("sku")),
                row.getString("title"),
                Money.ofMinor(row.getLong("price_minor"), row.getString("currency")),
                Sql.uriOrNull(row, "image_url"),
                row.getString("external_id"),
                row.getString("stock_ref"),
                row.getObject("on_hand", Integer.class));
    }
}
