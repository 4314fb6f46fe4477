package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.ChannelErrands.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which shops follow a change of what the brand sells? Those that list it: a price goes alone where the shop takes it so. */
final class ListingErrands {
    private final Wiring wiring;
    private final ErrandRows rows;

    ListingErrands(Wiring wiring, ErrandRows rows) {
        this.wiring = wiring;
        this.rows = rows;
    }

    /** Notes what is to be told of the change; in the transaction that makes it. */
    void tell(String brand, Product before, Product now) {
        boolean shown = !before.title().equals(now.title()) || !Objects.equals(before.imageUrl(), now.imageUrl());
        for (Connection shop : wiring.connections().active()) {
            if (shop.brand().equals(brand) && !Wiring.isBackend(shop) && lists(shop, now)) {
                kind(wiring.channel(shop).capabilities(), shown)
                        .ifPresent(kind -> rows.add(kind, shop.id(), now.sku().value(), brand, null, true));
            }
        }
    }

    private boolean lists(Connection shop, Product product) {
        return wiring.catalogue().listing(shop.id(), product.sku()).isPresent();
    }

    /** A whole listing carries its price as well. */
    private static Optional<Kind> kind(Set<Capability> can, boolean shown) {
        if (can.contains(Capability.PRICE_WRITE) && !(shown && can.contains(Capability.CATALOGUE_WRITE))) {
            return Optional.of(Kind.PRICE);
        }
        return can.contains(Capability.CATALOGUE_WRITE) ? Optional.of(Kind.LISTING) : Optional.empty();
    }
}
