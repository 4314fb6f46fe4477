package dev.weir.shopify;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.shopify.internal.ShopifyCatalogue;
import dev.weir.shopify.internal.ShopifyCheck;
import dev.weir.shopify.internal.ShopifyClient;
import dev.weir.shopify.internal.ShopifyLevels;
import dev.weir.shopify.internal.ShopifyOrderReads;
import dev.weir.shopify.internal.ShopifyOrders;
import dev.weir.shopify.internal.ShopifyPushed;
import dev.weir.shopify.internal.ShopifyStock;
import dev.weir.shopify.internal.ShopifyWebhooks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is Shopify to the hub? The brand's own shop, through the GraphQL Admin API of one pinned version
 * (shopify.dev/docs/api/admin-graphql).
 *
 * <p>Settings: {@code shop} (xxx.myshopify.com), {@code accessToken}, {@code webhookSecret}, {@code locationId}, and
 * optionally {@code previousWebhookSecret} while a secret is rotated and {@code baseUrl} where it is not
 * {@code https://{shop}}. Thread-safe.
 */
public final class ShopifyChannel implements Channel {
    private final ChannelKit kit;
    private final ShopifyLevels levels = new ShopifyLevels();
    private final ShopifyPushed pushed = new ShopifyPushed();

    ShopifyChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "shopify";
    }

    @Override
    public String title() {
        return "Shopify";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.ORDER_WEBHOOK,
                Capability.ORDER_POLL,
                Capability.ORDER_PUSH,
                Capability.ORDER_CANCEL);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("shop", "Shop", false, true, "xxx.myshopify.com: Settings, Domains"),
                new Setting("accessToken", "Access token", true, true, "Admin API token of your app (shpat_…)"),
                new Setting("webhookSecret", "Client secret", true, true, "API secret key of your app; signs webhooks"),
                new Setting("locationId", "Location", false, true, "Settings, Locations: the number in its address"),
                new Setting("previousWebhookSecret", "Previous client secret", true, false, "Only while rotating"),
                new Setting("baseUrl", "API address", false, false, "Leave empty for https://{shop}"));
    }

    @Override
    public Check check(Connection connection) {
        try {
            return ShopifyCheck.of(client(connection), connection);
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new ShopifyCatalogue(client(connection), connection, kit.mappings());
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return new ShopifyStock(client(connection), connection, levels);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return new ShopifyStock(client(connection), connection, levels);
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        return new ShopifyWebhooks(connection, reads(connection), kit.mappings());
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return reads(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return new ShopifyOrders(client(connection), connection, pushed);
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return new ShopifyOrders(client(connection), connection, pushed);
    }

    private ShopifyOrderReads reads(Connection connection) {
        return new ShopifyOrderReads(client(connection), kit.mappings());
    }

    private ShopifyClient client(Connection connection) {
        return new ShopifyClient(kit.http(), connection);
    }
}
