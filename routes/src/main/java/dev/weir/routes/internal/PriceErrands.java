package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.ChannelErrands.Kind;

/**
 * Which shops are told a new price alone? Those that list the product and take a price, but not our catalogue: a shop that follows is
 * sent the whole product ({@link CatalogueNews}), its price with it.
 */
final class PriceErrands {
    private final Wiring wiring;
    private final ErrandRows rows;

    PriceErrands(Wiring wiring, ErrandRows rows) {
        this.wiring = wiring;
        this.rows = rows;
    }

    /** Notes what is to be told of the change; in the transaction that makes it. */
    void tell(String brand, Product before, Product now) {
        if (before.price().equals(now.price())) {
            return;
        }
        for (Connection shop : wiring.connections().active()) {
            if (shop.brand().equals(brand) && !Wiring.isBackend(shop) && takesAPriceAlone(shop) && lists(shop, now)) {
                rows.add(Kind.PRICE, shop.id(), now.sku().value(), brand, null, true);
            }
        }
    }

    private boolean takesAPriceAlone(Connection shop) {
        var can = wiring.channel(shop).capabilities();
        return can.contains(Capability.PRICE_WRITE) && !can.contains(Capability.CATALOGUE_WRITE);
    }

    private boolean lists(Connection shop, Product product) {
        return wiring.catalogue().listing(shop.id(), product.sku()).isPresent();
    }
}
