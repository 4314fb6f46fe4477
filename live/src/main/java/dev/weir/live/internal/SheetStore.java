package dev.weir.live.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.RunSheet.Glance;
import dev.weir.live.RunSheet.Item;
import dev.weir.live.Show;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where are a show's products and flash prices kept? One statement a method. */
final class SheetStore {
    private static final String ITEM =
            "p.sku, p.title, p.price_minor, p.currency, p.image_url," + " f.price_minor as flash_minor";
    private static final String FROM = """
             from show_product sp
            join show s on s.id = sp.show_id
            join product p on p.brand = s.brand and p.sku = sp.sku
            left join flash_price f on f.show_id = sp.show_id and f.sku = sp.sku and f.ended_at is null
              and f.currency = p.currency and (f.until is null or f.until > :now)
            where sp.show_id = :show""";
    private static final String ITEMS = "select " + ITEM + FROM;
    private static final String GLANCE = """
            select s.*, p.sku, p.price_minor, p.currency, f.price_minor as flash_minor,
              (select pin.sku from pin where pin.show_id = s.id and pin.until is null) as pinned
            from show s
            left join show_product sp on sp.show_id = s.id and sp.sku = any(:skus)
            left join product p on p.brand = s.brand and p.sku = sp.sku
            left join flash_price f on f.show_id = sp.show_id and f.sku = sp.sku and f.ended_at is null
              and f.currency = p.currency and (f.until is null or f.until > :now)
            where s.id = :show""";

    private final JdbcClient jdbc;

    SheetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Item> items(UUID showId, Instant now) {
        return jdbc.sql(ITEMS + " order by sp.position")
                .param("show", showId)
                .param("now", Sql.at(now))
                .query(SheetStore::item)
                .list();
    }

    Optional<Item> item(UUID showId, Sku sku, Instant now) {
        return jdbc.sql(ITEMS + " and sp.sku = :sku")
                .param("show", showId)
                .param("now", Sql.at(now))
                .param("sku", sku.value())
                .query(SheetStore::item)
                .optional();
    }

    Optional<Glance> glance(UUID showId, Collection<Sku> skus, Instant now) {
        return jdbc.sql(GLANCE)
                .param("show", showId)
                .param("now", Sql.at(now))
                .param("skus", texts(skus))
                .query((ResultSetExtractor<Optional<Glance>>) SheetStore::glance);
    }

    private static Optional<Glance> glance(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        Show show = ShowStore.show(rows, 0);
        String pinned = rows.getString("pinned");
        Map<Sku, Money> prices = new HashMap<>();
        do {
            String sku = rows.getString("sku");
            if (sku != null) {
                prices.put(new Sku(sku), price(rows));
            }
        } while (rows.next());
        return Optional.of(new Glance(show, prices, pinned == null ? null : new Sku(pinned)));
    }

    /** The flash price while one runs. */
    private static Money price(ResultSet row) throws SQLException {
        long flash = row.getLong("flash_minor");
        return Money.ofMinor(row.wasNull() ? row.getLong("price_minor") : flash, row.getString("currency"));
    }

    /** Those of {@code skus} that the brand's catalogue does not have. */
    List<Sku> unknown(String brand, List<Sku> skus) {
        return jdbc.sql("""
                        select w.sku from unnest(cast(:skus as text[])) as w (sku)
                        where not exists (select 1 from product p where p.brand = :brand and p.sku = w.sku)""")
                .param("skus", texts(skus))
                .param("brand", brand)
                .query((row, n) -> new Sku(row.getString(1)))
                .list();
    }

    void replace(UUID showId, List<Sku> skus) {
        jdbc.sql("delete from show_product where show_id = :show")
                .param("show", showId)
                .update();
        jdbc.sql("""
                        insert into show_product (show_id, sku, position)
                        select :show, w.sku, w.n - 1
                        from unnest(cast(:skus as text[])) with ordinality as w (sku, n)""").param("show", showId).param("skus", texts(skus)).update();
    }

    void insertFlashPrice(UUID showId, Sku sku, Money price, Instant since, @Nullable Instant until) {
        jdbc.sql("""
                        insert into flash_price (id, show_id, sku, price_minor, currency, since, until)
                        values (:id, :show, :sku, :price, :currency, :since, :until)""")
                .param("id", UUID.randomUUID())
                .param("show", showId)
                .param("sku", sku.value())
                .param("price", price.minor())
                .param("currency", price.currency().getCurrencyCode())
                .param("since", Sql.at(since))
                .param("until", Sql.orNull(until))
                .update();
    }

    void endFlashPrice(UUID showId, Sku sku, Instant now) {
        jdbc.sql("update flash_price set ended_at = :now where show_id = :show and sku = :sku and ended_at is null")
                .param("show", showId)
                .param("sku", sku.value())
                .param("now", Sql.at(now))
                .update();
    }

    void endFlashPrices(UUID showId, Instant now) {
        jdbc.sql("update flash_price set ended_at = :now where show_id = :show and ended_at is null")
                .param("show", showId)
                .param("now", Sql.at(now))
                .update();
    }

    void endFlashPricesOffSheet(UUID showId, Instant now) {
        jdbc.sql("""
                        update flash_price f set ended_at = :now where f.show_id = :show and f.ended_at is null
                          and not exists (
                            select 1 from show_product sp where sp.show_id = f.show_id and sp.sku = f.sku)""").param("show", showId).param("now", Sql.at(now)).update();
    }

    private static String[] texts(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).toArray(String[]::new);
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        Money list = Money.ofMinor(row.getLong("price_minor"), currency);
        long flash = row.getLong("flash_minor");
        boolean flashed = !row.wasNull();
        return new Item(
                new Sku(row.getString("sku")),
                row.getString("title"),
                flashed ? Money.ofMinor(flash, currency) : list,
                flashed ? list : null,
                Sql.uriOrNull(row, "image_url"));
    }
}
