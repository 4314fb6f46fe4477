package dev.weir.instagram;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.CheckoutLink;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.instagram.internal.CatalogueBatch;
import dev.weir.instagram.internal.CheckoutUrl;
import dev.weir.instagram.internal.GraphClient;
import dev.weir.instagram.internal.InstagramCatalogue;
import dev.weir.instagram.internal.InstagramStock;
import dev.weir.instagram.internal.ProductReads;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is Instagram to the hub? A shop window: catalogue and stock go out through Meta's catalogue API, buyers come in by
 * the checkout URL. Its order API was removed on 2026-10-27, so no order can be read or written there.
 *
 * <p>Settings: {@code accessToken}, {@code appSecret}, {@code catalogId}, {@code shopUrl}, and optionally
 * {@code brand}, {@code graphVersion} ({@code v26.0}) and {@code baseUrl}. Thread-safe; batches of one connection wait
 * for each other, because two open batches that touch one item end in either order.
 */
public final class InstagramChannel implements Channel {
    private final ChannelKit kit;
    private final Map<UUID, ReentrantLock> turns = new ConcurrentHashMap<>();

    InstagramChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "instagram";
    }

    @Override
    public String title() {
        return "Instagram";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_WRITE, Capability.STOCK_READ, Capability.STOCK_WRITE, Capability.CHECKOUT_LINK);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("accessToken", "System user token", true, true, "Business settings, System users"),
                new Setting("appSecret", "App secret", true, true, "developers.facebook.com: App settings, Basic"),
                new Setting("catalogId", "Catalogue", false, true, "Commerce Manager: the number of the catalogue"),
                new Setting(
                        "shopUrl", "Product pages", false, true, "https://shop.example/products: the SKU is appended"),
                new Setting("brand", "Brand", false, false, "As shown on products; else the brand of the hub"),
                new Setting("graphVersion", "Graph version", false, false, "Such as v26.0"),
                new Setting("baseUrl", "API address", false, false, "Leave empty for https://graph.facebook.com"));
    }

    @Override
    public Check check(Connection connection) {
        try {
            return new Check(true, "Catalogue " + new ProductReads(client(connection), connection).catalogue());
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        return new InstagramCatalogue(connection, batches(connection), reads(connection), kit.mappings());
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return stock(connection);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return stock(connection);
    }

    @Override
    public CheckoutLink checkoutLink(Connection connection) {
        return new CheckoutUrl();
    }

    private InstagramStock stock(Connection connection) {
        return new InstagramStock(batches(connection), reads(connection));
    }

    private CatalogueBatch batches(Connection connection) {
        ReentrantLock turn = turns.computeIfAbsent(connection.id(), id -> new ReentrantLock());
        return new CatalogueBatch(client(connection), connection, turn);
    }

    private ProductReads reads(Connection connection) {
        return new ProductReads(client(connection), connection);
    }

    private GraphClient client(Connection connection) {
        return new GraphClient(kit.http(), connection);
    }
}
