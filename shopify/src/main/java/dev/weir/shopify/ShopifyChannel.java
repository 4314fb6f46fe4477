package dev.weir.shopify;

import dev.weir.connectors.BackendHold;
import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.shopify.internal.ShopifyCatalogue;
import dev.weir.shopify.internal.ShopifyChanges;
import dev.weir.shopify.internal.ShopifyCheck;
import dev.weir.shopify.internal.ShopifyClient;
import dev.weir.shopify.internal.ShopifyConsent;
import dev.weir.shopify.internal.ShopifyHeld;
import dev.weir.shopify.internal.ShopifyHolds;
import dev.weir.shopify.internal.ShopifyLevels;
import dev.weir.shopify.internal.ShopifyOrderReads;
import dev.weir.shopify.internal.ShopifyOrders;
import dev.weir.shopify.internal.ShopifyPrices;
import dev.weir.shopify.internal.ShopifyPushed;
import dev.weir.shopify.internal.ShopifyRefunds;
import dev.weir.shopify.internal.ShopifyShipments;
import dev.weir.shopify.internal.ShopifyStock;
import dev.weir.shopify.internal.ShopifySubscriptions;
import dev.weir.shopify.internal.ShopifyWebhooks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is Shopify to the hub? The brand's own shop, through the GraphQL Admin API of one pinned version
 * (shopify.dev/docs/api/admin-graphql).
 *
 * <p>Settings: {@link ShopifySettings}. Thread-safe.
 */
public final class ShopifyChannel implements Channel {
    private final ChannelKit kit;
    private final ShopifyLevels levels = new ShopifyLevels();
    private final ShopifyPushed pushed = new ShopifyPushed();
    private final ShopifyHeld held = new ShopifyHeld();
    private final Consent consent;

    ShopifyChannel(ChannelKit kit) {
        this.kit = kit;
        consent = new ShopifyConsent(kit.http(), kit.clock());
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
                Capability.CATALOGUE_CHANGES,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.PRICE_WRITE,
                Capability.BACKEND_HOLD,
                Capability.ORDER_WEBHOOK,
                Capability.ORDER_POLL,
                Capability.ORDER_PUSH,
                Capability.ORDER_CANCEL,
                Capability.ORDER_REFUND,
                Capability.FULFILMENT,
                Capability.WEBHOOK_SUBSCRIPTION,
                Capability.CONSENT);
    }

    @Override
    public List<Setting> settings() {
        return ShopifySettings.ALL;
    }

    @Override
    public Check check(Connection connection) {
        return Check.of(() -> ShopifyCheck.of(client(connection), kit.http(), connection));
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new ShopifyCatalogue(
                client(connection), connection, kit.mappings().of(connection));
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
        return new ShopifyWebhooks(connection, reads(connection), kit.mappings().of(connection), pushed);
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return reads(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return new ShopifyOrders(client(connection), connection, pushed, kit.clock());
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return new ShopifyOrders(client(connection), connection, pushed, kit.clock());
    }

    @Override
    public CatalogueChanges catalogueChanges(Connection connection) {
        return new ShopifyChanges(client(connection), connection, kit.mappings().of(connection));
    }

    @Override
    public PriceWrite priceWrite(Connection connection) {
        return new ShopifyPrices(client(connection));
    }

    @Override
    public OrderRefund orderRefund(Connection connection) {
        return new ShopifyRefunds(client(connection), connection);
    }

    @Override
    public Fulfilment fulfilment(Connection connection) {
        return new ShopifyShipments(client(connection), connection, pushed);
    }

    @Override
    public BackendHold backendHold(Connection connection) {
        return new ShopifyHolds(client(connection), connection, levels, held);
    }

    @Override
    public WebhookSubscriptions webhookSubscriptions(Connection connection) {
        return new ShopifySubscriptions(client(connection));
    }

    @Override
    public Consent consent() {
        return consent;
    }

    private ShopifyOrderReads reads(Connection connection) {
        return new ShopifyOrderReads(client(connection), kit.mappings().of(connection));
    }

    private ShopifyClient client(Connection connection) {
        return new ShopifyClient(kit.http(), connection);
    }
}
