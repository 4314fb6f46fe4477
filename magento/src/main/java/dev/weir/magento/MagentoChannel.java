package dev.weir.magento;

import dev.weir.connectors.AfterSalePoll;
import dev.weir.connectors.BackendHold;
import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.connectors.http.Lane;
import dev.weir.magento.internal.MagentoAfterSale;
import dev.weir.magento.internal.MagentoCatalogue;
import dev.weir.magento.internal.MagentoClient;
import dev.weir.magento.internal.MagentoHolds;
import dev.weir.magento.internal.MagentoOrders;
import dev.weir.magento.internal.MagentoPrices;
import dev.weir.magento.internal.MagentoPush;
import dev.weir.magento.internal.MagentoRefunds;
import dev.weir.magento.internal.MagentoSettings;
import dev.weir.magento.internal.MagentoShipments;
import dev.weir.magento.internal.MagentoShop;
import dev.weir.magento.internal.MagentoStock;
import dev.weir.magento.internal.ShopMemory;
import dev.weir.magento.internal.SourceHolds;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is Magento (Open Source and Adobe Commerce, 2.4.6 to 2.4.9, with MSI or without) to the hub? The brand's own shop, through
 * REST in the name of an integration. It pushes nothing: its orders and products are polled.
 *
 * <p>Settings are those of {@link MagentoSettings}. Thread-safe; writes of one connection wait for each other, because Magento compares
 * nothing and knows no keys.
 */
public final class MagentoChannel implements Channel {
    private final ChannelKit kit;
    private final Map<UUID, ShopMemory> memories = new ConcurrentHashMap<>();

    MagentoChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "magento";
    }

    @Override
    public String title() {
        return "Magento";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.CATALOGUE_CHANGES,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.PRICE_WRITE,
                Capability.ORDER_POLL,
                Capability.ORDER_PUSH,
                Capability.ORDER_CANCEL,
                Capability.ORDER_REFUND,
                Capability.FULFILMENT,
                Capability.AFTER_SALE_POLL,
                Capability.BACKEND_HOLD);
    }

    @Override
    public List<Setting> settings() {
        return MagentoSettings.all();
    }

    @Override
    public Check check(Connection connection) {
        return Check.of(() -> {
            MagentoClient client = client(connection, Lane.ORDER);
            MagentoShop shop = MagentoShop.of(client);
            MagentoStock stock = new MagentoStock(client);
            stock.probe();
            orders(connection).probe(kit.clock().instant());
            return new Check(
                    true,
                    "Store view " + shop.code() + " of website " + shop.website() + " sells in " + shop.currency()
                            + ", " + (stock.hasSources() ? "with inventory sources" : "without inventory sources"));
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
    public StockRead stockRead(Connection connection) {
        return stock(connection, Lane.STOCK);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return stock(connection, Lane.STOCK);
    }

    @Override
    public PriceWrite priceWrite(Connection connection) {
        return new MagentoPrices(client(connection, Lane.STOCK));
    }

    @Override
    public OrderPoll orderPoll(Connection connection) {
        return orders(connection);
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return push(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return push(connection);
    }

    @Override
    public OrderRefund orderRefund(Connection connection) {
        return new MagentoRefunds(client(connection, Lane.ORDER));
    }

    @Override
    public Fulfilment fulfilment(Connection connection) {
        return new MagentoShipments(client(connection, Lane.ORDER), stock(connection, Lane.ORDER));
    }

    @Override
    public AfterSalePoll afterSalePoll(Connection connection) {
        return new MagentoAfterSale(
                client(connection, Lane.ORDER), kit.mappings().of(connection), kit.clock());
    }

    @Override
    public BackendHold backendHold(Connection connection) {
        MagentoClient client = client(connection, Lane.HOLD);
        return connection.setting("holdMethod", "order").equals("source")
                ? new SourceHolds(client, new MagentoStock(client))
                : new MagentoHolds(client, new MagentoStock(client));
    }

    private MagentoPush push(Connection connection) {
        return new MagentoPush(client(connection, Lane.ORDER), stock(connection, Lane.ORDER));
    }

    private MagentoOrders orders(Connection connection) {
        return new MagentoOrders(client(connection, Lane.ORDER), kit.mappings().of(connection));
    }

    private MagentoCatalogue catalogue(Connection connection) {
        return new MagentoCatalogue(
                client(connection, Lane.CATALOGUE), kit.mappings().of(connection), stock(connection, Lane.CATALOGUE));
    }

    private MagentoStock stock(Connection connection, Lane lane) {
        return new MagentoStock(client(connection, lane));
    }

    private MagentoClient client(Connection connection, Lane lane) {
        ShopMemory memory = Objects.requireNonNull(memories.compute(
                connection.id(),
                (id, old) -> old == null ? new ShopMemory(connection, kit.clock()) : old.of(connection)));
        return new MagentoClient(kit.http(), connection, kit.clock(), memory, lane);
    }
}
