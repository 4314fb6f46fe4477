package dev.weir.live.internal;

import dev.weir.connectors.Listing;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.Catalogue;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalogue in PostgreSQL. */
public final class JdbcCatalogue implements Catalogue {
    private static final int MAX_LISTINGS = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** Wired by {@link dev.weir.live.LiveModule}. */
    public JdbcCatalogue(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public void put(String brand, UUID connectionId, Listing listing) {
        if (listing.price().minor() < 0) {
            throw new IllegalArgumentException(
                    "price: " + listing.price() + " (expected: 0 or more) for sku " + listing.sku());
        }
        transaction.executeWithoutResult(status -> {
            putProduct(brand, listing);
            // The shop gave the variant another SKU: the id has one owner.
            jdbc.sql("delete from listing where connection_id = :connection and external_id = :id and sku <> :sku")
                    .param("connection", connectionId)
                    .param("id", listing.externalId())
                    .param("sku", listing.sku().value())
                    .update();
            putListing(brand, connectionId, listing);
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

    private void putProduct(String brand, Listing listing) {
        jdbc.sql("""
                        insert into product (brand, sku, title, price_minor, currency, image_url, updated_at)
                        values (:brand, :sku, :title, :price, :currency, :image, :now)
                        on conflict (brand, sku) do update set title = excluded.title,
                          price_minor = excluded.price_minor, currency = excluded.currency,
                          image_url = coalesce(excluded.image_url, product.image_url),
                          updated_at = excluded.updated_at""")
                .param("brand", brand)
                .param("sku", listing.sku().value())
                .param("title", listing.title())
                .param("price", listing.price().minor())
                .param("currency", listing.price().currency().getCurrencyCode())
                .param("image", text(listing.imageUrl()))
                .param("now", Sql.at(Sql.now(clock)))
                .update();
    }

    private void putListing(String brand, UUID connectionId, Listing listing) {
        jdbc.sql("""
                        insert into listing (connection_id, sku, brand, title, price_minor, currency, image_url,
                          external_id, stock_ref, on_hand)
                        values (:connection, :sku, :brand, :title, :price, :currency, :image, :id, :stockRef, :onHand)
                        on conflict (connection_id, sku) do update set brand = excluded.brand, title = excluded.title,
                          price_minor = excluded.price_minor, currency = excluded.currency,
                          image_url = excluded.image_url, external_id = excluded.external_id,
                          stock_ref = excluded.stock_ref, on_hand = excluded.on_hand""")
                .param("connection", connectionId)
                .param("sku", listing.sku().value())
                .param("brand", brand)
                .param("title", listing.title())
                .param("price", listing.price().minor())
                .param("currency", listing.price().currency().getCurrencyCode())
                .param("image", text(listing.imageUrl()))
                .param("id", listing.externalId())
                .param("stockRef", listing.stockRef())
                .param("onHand", listing.onHand())
                .update();
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
