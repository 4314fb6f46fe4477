package dev.weir.magento;

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
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.magento.internal.MagentoCatalogue;
import dev.weir.magento.internal.MagentoClient;
import dev.weir.magento.internal.MagentoOrders;
import dev.weir.magento.internal.MagentoPush;
import dev.weir.magento.internal.MagentoShop;
import dev.weir.magento.internal.MagentoStock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is Magento (Open Source and Adobe Commerce, 2.4.6 to 2.4.9, with MSI) to the hub? The brand's own shop, through
 * REST with an integration's token. It pushes nothing: its orders are polled.
 *
 * <p>Settings: {@code baseUrl}, {@code accessToken}, and optionally {@code consumerKey}, {@code consumerSecret} and
 * {@code accessTokenSecret} (all three: calls are signed by OAuth 1.0a, else the token is sent as Bearer),
 * {@code storeCode} ({@code default}), {@code websiteCode} ({@code base}), {@code sourceCode} ({@code default}).
 * Thread-safe; stock writes and order pushes of one connection wait for each other, because Magento compares nothing.
 */
public final class MagentoChannel implements Channel {
    private final ChannelKit kit;
    private final Map<UUID, ReentrantLock> turns = new ConcurrentHashMap<>();

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
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.ORDER_POLL,
                Capability.ORDER_PUSH,
                Capability.ORDER_CANCEL);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("baseUrl", "Shop address", false, true, "https://shop.example, without /rest"),
                new Setting(
                        "accessToken",
                        "Access token",
                        true,
                        true,
                        "System, Extensions, Integrations: your integration"),
                new Setting(
                        "consumerKey",
                        "Consumer key",
                        false,
                        false,
                        "With both secrets: calls are signed (OAuth 1.0a)"),
                new Setting(
                        "consumerSecret", "Consumer secret", true, false, "Leave empty to send the token as Bearer"),
                new Setting(
                        "accessTokenSecret", "Access token secret", true, false, "Leave empty to send it as Bearer"),
                new Setting("storeCode", "Store view", false, false, "Its code; default"),
                new Setting("websiteCode", "Website", false, false, "Code of the website that sells; base"),
                new Setting(
                        "sourceCode", "Inventory source", false, false, "The source that the hub counts for; default"));
    }

    @Override
    public Check check(Connection connection) {
        try {
            MagentoShop shop = MagentoShop.of(client(connection), connection);
            stock(connection).read(List.of());
            orders(connection).probe(kit.clock().instant());
            return new Check(true, "Store view " + shop.code() + " sells in " + shop.currency());
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public CatalogueRead catalogueRead(Connection connection) {
        return new MagentoCatalogue(client(connection), connection, kit.mappings(), stock(connection));
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
    public OrderPoll orderPoll(Connection connection) {
        return orders(connection);
    }

    @Override
    public OrderCancel orderCancel(Connection connection) {
        return push(connection);
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return push(connection);
    }

    private MagentoPush push(Connection connection) {
        return new MagentoPush(client(connection), connection, stock(connection), turn(connection));
    }

    private MagentoOrders orders(Connection connection) {
        return new MagentoOrders(client(connection), connection, kit.mappings());
    }

    private MagentoStock stock(Connection connection) {
        return new MagentoStock(client(connection), connection, turn(connection));
    }

    private MagentoClient client(Connection connection) {
        return new MagentoClient(kit.http(), connection, kit.clock());
    }

    private ReentrantLock turn(Connection connection) {
        return turns.computeIfAbsent(connection.id(), id -> new ReentrantLock());
    }
}
