package dev.weir.pim;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelKit;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Setting;
import dev.weir.connectors.StockRead;
import dev.weir.connectors.StockWrite;
import dev.weir.pim.internal.PimCatalogue;
import dev.weir.pim.internal.PimClient;
import dev.weir.pim.internal.PimOrders;
import dev.weir.pim.internal.PimStock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is a brand's own product system to the hub? Three addresses that speak JSON or CSV, and field maps
 * ({@code mappings/pim/fields}, or the brand's own) that say what their fields mean: a system that nobody wrote a channel
 * for is connected without code. It pushes nothing and takes no orders of its own.
 */
public final class PimChannel implements Channel {
    private final ChannelKit kit;

    PimChannel(ChannelKit kit) {
        this.kit = kit;
    }

    @Override
    public String name() {
        return "pim";
    }

    @Override
    public String title() {
        return "Own product system (JSON, CSV)";
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CATALOGUE_READ,
                Capability.CATALOGUE_CHANGES,
                Capability.STOCK_READ,
                Capability.STOCK_WRITE,
                Capability.ORDER_PUSH);
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                open("catalogueUrl", "Catalogue address", true, "GET answers a JSON list, pages of one, or CSV"),
                open("stockUrl", "Stock address", true, "GET answers the levels; PUT to it, /{sku} added, sets one"),
                open("ordersUrl", "Orders address", true, "POST creates an order, GET ?key= finds it again"),
                open("authHeader", "Name of the key's header", false, "Authorization")
                        .asUsual(),
                new Setting("authValue", "Key", true, false, "The whole header, such as Bearer …; empty for none")
                        .asUsual(),
                open(
                        "itemsAt",
                        "Where the list is",
                        false,
                        "JSON pointer, such as /products; empty: the answer itself"),
                open("nextAt", "Where the next page's address is", false, "JSON pointer; empty: the Link header"),
                open("sinceParameter", "Parameter for changes", false, "Such as since; empty: If-Modified-Since"),
                open("keyParameter", "Parameter to find an order by", false, "key"),
                open("orderIdAt", "Where an order's id is", false, "JSON pointer; /id"),
                open("listingMap", "Map of the catalogue", false, "listing"),
                open("stockMap", "Map of the levels", false, "stock-level"),
                open("stockOutMap", "Map of a level to set", false, "push-stock"),
                open("orderOutMap", "Map of an order to create", false, "push-order"));
    }

    private static Setting open(String name, String title, boolean required, String hint) {
        return new Setting(name, title, false, required, hint);
    }

    @Override
    public Check check(Connection connection) {
        return Check.of(() -> {
            int products = catalogue(connection).firstPage();
            stock(connection).read(List.of());
            return new Check(true, products + " products on the catalogue's first page, and the stock can be read");
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
        return stock(connection);
    }

    @Override
    public StockWrite stockWrite(Connection connection) {
        return stock(connection);
    }

    @Override
    public OrderPush orderPush(Connection connection) {
        return new PimOrders(client(connection), connection, kit.mappings());
    }

    private PimCatalogue catalogue(Connection connection) {
        return new PimCatalogue(client(connection), connection, kit.mappings(), kit.clock());
    }

    private PimStock stock(Connection connection) {
        return new PimStock(client(connection), connection, kit.mappings());
    }

    private PimClient client(Connection connection) {
        return new PimClient(kit.http(), connection);
    }
}
