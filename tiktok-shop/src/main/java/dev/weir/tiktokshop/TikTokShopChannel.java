package dev.weir.tiktokshop;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.tiktokshop.internal.TikTokCatalogue;
import dev.weir.tiktokshop.internal.TikTokClient;
import dev.weir.tiktokshop.internal.TikTokOrders;
import dev.weir.tiktokshop.internal.TikTokStock;
import dev.weir.tiktokshop.internal.TikTokWebhooks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is TikTok Shop to the hub? A social shop that sells from the number that was last published, reached through the
 * signed Open API (partner.tiktokshop.com, versions 202309 and later).
 *
 * <p>Settings: {@code appKey}, {@code appSecret}, {@code accessToken}, {@code shopCipher}, {@code shopId},
 * {@code warehouseId}, and optionally {@code categoryId} for listings that the hub creates and {@code baseUrl}.
 * Thread-safe.
 */
public final class TikTokShopChannel implements Channel {
    private final ChannelKit kit;

    TikTokShopChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "tiktok-shop";
    }

    @Override
    public String title() {
        return "TikTok Shop";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.CATALOGUE_WRITE,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.ORDER_WEBHOOK,
                Capability.ORDER_POLL);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("appKey", "App key", false, true, "Partner Center, your app"),
                new Setting(
                        "appSecret", "App secret", true, true, "Partner Center, your app; signs calls and webhooks"),
                new Setting("accessToken", "Access token", true, true, "From the seller's consent; lives 7 days"),
                new Setting("shopCipher", "Shop cipher", false, true, "From the list of authorised shops"),
                new Setting("shopId", "Shop id", false, true, "From the list of authorised shops"),
                new Setting("warehouseId", "Warehouse", false, true, "The sales warehouse whose stock is set"),
                new Setting("categoryId", "Category", false, false, "For listings that the hub creates"),
                new Setting("baseUrl", "API address", false, false, "Leave empty for " + TikTokClient.BASE_URL));
    }

    @Override
    public Check check(Connection connection) {
        try {
            return client(connection).check();
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new TikTokCatalogue(client(connection), connection, kit.mappings());
    }

    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        return new TikTokCatalogue(client(connection), connection, kit.mappings());
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return new TikTokStock(client(connection), connection);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return new TikTokStock(client(connection), connection);
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        return new TikTokWebhooks(connection, orders(connection));
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return orders(connection);
    }

    private TikTokOrders orders(Connection connection) {
        return new TikTokOrders(client(connection), kit.mappings());
    }

    private TikTokClient client(Connection connection) {
        return new TikTokClient(kit.http(), connection, kit.clock());
    }
}
