package dev.weir.bigcommerce;

import dev.weir.bigcommerce.internal.BigCommerceCancel;
import dev.weir.bigcommerce.internal.BigCommerceCatalogue;
import dev.weir.bigcommerce.internal.BigCommerceCheck;
import dev.weir.bigcommerce.internal.BigCommerceClient;
import dev.weir.bigcommerce.internal.BigCommerceOrders;
import dev.weir.bigcommerce.internal.BigCommerceRefunds;
import dev.weir.bigcommerce.internal.BigCommerceSettings;
import dev.weir.bigcommerce.internal.BigCommerceStock;
import dev.weir.bigcommerce.internal.BigCommerceSubscriptions;
import dev.weir.bigcommerce.internal.BigCommerceWebhooks;
import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.http.Lane;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is BigCommerce to the hub? A shop that sells from the hub's units, through REST (V3 for catalogue, stock and webhooks, V2 for
 * orders) in the name of a store-level API account. Which of its abilities are not offered, and why, is in the folder's
 * {@code COVERAGE.md}. Thread-safe; keeps nothing.
 */
public final class BigCommerceChannel implements Channel {
    private final ChannelKit kit;

    BigCommerceChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "bigcommerce";
    }

    @Override
    public String title() {
        return "BigCommerce";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.CATALOGUE_CHANGES,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.ORDER_WEBHOOK,
                Capability.ORDER_POLL,
                Capability.ORDER_CANCEL,
                Capability.WEBHOOK_SUBSCRIPTION);
    }

    @Override
    public List<Setting> settings() {
        return BigCommerceSettings.ALL;
    }

    @Override
    public Check check(Connection connection) {
        return new BigCommerceCheck(client(connection, Lane.ORDER)).check();
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
    public StockRead stockRead(Connection connection) {
        return stock(connection);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return stock(connection);
    }

    @Override
    public OrderWebhook orderWebhook(Connection connection) {
        BigCommerceClient client = client(connection, Lane.ORDER);
        return new BigCommerceWebhooks(
                connection,
                orders(connection),
                new BigCommerceRefunds(client, kit.mappings().of(connection)));
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return orders(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return new BigCommerceCancel(client(connection, Lane.ORDER));
    }

    @Override
    public WebhookSubscriptions webhookSubscriptions(Connection connection) {
        return new BigCommerceSubscriptions(client(connection, Lane.ORDER));
    }

    private BigCommerceCatalogue catalogue(Connection connection) {
        return new BigCommerceCatalogue(
                client(connection, Lane.CATALOGUE), kit.mappings().of(connection), kit.clock());
    }

    private BigCommerceStock stock(Connection connection) {
        return new BigCommerceStock(client(connection, Lane.STOCK));
    }

    private BigCommerceOrders orders(Connection connection) {
        return new BigCommerceOrders(
                client(connection, Lane.ORDER), kit.mappings().of(connection));
    }

    private BigCommerceClient client(Connection connection, Lane lane) {
        return new BigCommerceClient(kit.http(), connection, lane);
    }
}
