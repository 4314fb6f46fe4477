package dev.weir.tiktokshop;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.CatalogueWrite;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.HandOver;
import dev.weir.connectors.LiveDestination;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Setting;
import dev.weir.connectors.Settlements;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.tiktokshop.internal.AfterSales;
import dev.weir.tiktokshop.internal.GatewayTime;
import dev.weir.tiktokshop.internal.Packages;
import dev.weir.tiktokshop.internal.Pictures;
import dev.weir.tiktokshop.internal.ProductBodies;
import dev.weir.tiktokshop.internal.ShopSettings;
import dev.weir.tiktokshop.internal.TikTokCancel;
import dev.weir.tiktokshop.internal.TikTokCatalogue;
import dev.weir.tiktokshop.internal.TikTokClient;
import dev.weir.tiktokshop.internal.TikTokConsent;
import dev.weir.tiktokshop.internal.TikTokEvents;
import dev.weir.tiktokshop.internal.TikTokFulfilment;
import dev.weir.tiktokshop.internal.TikTokListings;
import dev.weir.tiktokshop.internal.TikTokLive;
import dev.weir.tiktokshop.internal.TikTokOrders;
import dev.weir.tiktokshop.internal.TikTokPrices;
import dev.weir.tiktokshop.internal.TikTokSettlements;
import dev.weir.tiktokshop.internal.TikTokShops;
import dev.weir.tiktokshop.internal.TikTokStock;
import dev.weir.tiktokshop.internal.TikTokSubscriptions;
import dev.weir.tiktokshop.internal.TikTokWebhooks;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is TikTok Shop to the hub? A social shop that sells from the number that was last published, reached through the
 * signed Open API (partner.tiktokshop.com, versions 202309 and later).
 *
 * <p>It takes no orders and no holds of ours, and it alone pays its buyers back, so {@link Capability#ORDER_PUSH},
 * {@link Capability#BACKEND_HOLD} and {@link Capability#ORDER_REFUND} are not declared. Thread-safe.
 */
public final class TikTokShopChannel implements Channel {
    private final ChannelKit kit;
    private final GatewayTime time;
    private final Pictures pictures;

    TikTokShopChannel(ChannelKit kit) {
        this.kit = kit;
        time = new GatewayTime(kit.clock());
        pictures = new Pictures(kit.http());
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
                Capability.CATALOGUE_CHANGES,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.PRICE_WRITE,
                Capability.ORDER_WEBHOOK,
                Capability.ORDER_POLL,
                Capability.ORDER_CANCEL,
                Capability.FULFILMENT,
                Capability.SETTLEMENT,
                Capability.WEBHOOK_SUBSCRIPTION,
                Capability.CONSENT,
                Capability.LIVE_DESTINATION);
    }

    @Override
    public List<Setting> settings() {
        return ShopSettings.ALL;
    }

    @Override
    public Check check(Connection connection) {
        return Check.of(() -> {
            // Told here, or with the first order that is paid.
            handOver(connection);
            return new TikTokShops(client(connection)).check();
        });
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return catalogue(connection);
    }

    @Override
    public CatalogueChanges catalogueChanges(Connection connection) {
        return catalogue(connection);
    }

    @Override
    public CatalogueWrite catalogueWrite(Connection connection) {
        TikTokClient client = client(connection);
        return new TikTokListings(
                client,
                catalogue(connection),
                new ProductBodies(client, kit.mappings().of(connection), pictures));
    }

    @Override
    public StockRead stockRead(Connection connection) {
        return new TikTokStock(client(connection));
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return new TikTokStock(client(connection));
    }

    @Override
    public PriceWrite priceWrite(Connection connection) {
        return new TikTokPrices(client(connection));
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        TikTokOrders orders = orders(connection);
        AfterSales afterSales =
                new AfterSales(client(connection), kit.mappings().of(connection));
        return new TikTokWebhooks(
                connection,
                orders,
                new TikTokEvents(orders, afterSales, new Packages(kit.mappings().of(connection))));
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return orders(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return new TikTokCancel(client(connection), orders(connection));
    }

    @Override
    public HandOver handOver(Connection connection) {
        return HandOver.of(connection, HandOver.YES);
    }

    @Override
    public Fulfilment fulfilment(Connection connection) {
        return new TikTokFulfilment(client(connection), orders(connection));
    }

    @Override
    public Settlements settlements(Connection connection) {
        return new TikTokSettlements(client(connection));
    }

    @Override
    public WebhookSubscriptions webhookSubscriptions(Connection connection) {
        return new TikTokSubscriptions(client(connection));
    }

    @Override
    public Consent consent() {
        return new TikTokConsent(kit.http(), time);
    }

    @Override
    public LiveDestination liveDestination(Connection connection) {
        return new TikTokLive(connection);
    }

    private TikTokCatalogue catalogue(Connection connection) {
        return new TikTokCatalogue(client(connection), time, kit.mappings().of(connection));
    }

    private TikTokOrders orders(Connection connection) {
        return new TikTokOrders(client(connection), kit.mappings().of(connection));
    }

    private TikTokClient client(Connection connection) {
        return new TikTokClient(kit.http(), connection, time);
    }
}
