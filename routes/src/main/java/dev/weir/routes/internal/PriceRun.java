package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.PriceWrite;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockWrite;
import dev.weir.live.Catalogue.Product;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How does a shop hear that a price has changed? The price as it stands when it is told, so that the newest wins. */
final class PriceRun implements ErrandRun {
    private final Wiring wiring;

    PriceRun(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Kind kind() {
        return Kind.PRICE;
    }

    @Override
    public int most(Connection connection) {
        return wiring.channel(connection).priceWrite(connection).batchSize();
    }

    @Override
    public Map<Claim, Told> run(Connection connection, List<Claim> claims) {
        Map<Claim, Told> told = new HashMap<>();
        Map<Sku, Claim> asked = new HashMap<>();
        Map<Sku, PriceWrite.Target> targets = new HashMap<>();
        for (Claim claim : claims) {
            Sku sku = new Sku(claim.key());
            Optional<Product> product = wiring.catalogue().find(claim.brand(), sku);
            Optional<Listing> listing = wiring.catalogue().listing(connection.id(), sku);
            if (product.isEmpty() || listing.isEmpty()) {
                told.put(claim, new Told(null, gone(sku, connection)));
            } else {
                asked.put(sku, claim);
                targets.put(sku, new PriceWrite.Target(product.get().price(), listing.get()));
            }
        }
        if (!targets.isEmpty()) {
            for (StockWrite.Outcome outcome :
                    wiring.channel(connection).priceWrite(connection).write(List.copyOf(targets.values()))) {
                Claim claim = asked.get(outcome.sku());
                if (claim != null) {
                    told.put(claim, new Told(null, outcome.refusal()));
                }
            }
        }
        return told;
    }

    private static ChannelException gone(Sku sku, Connection connection) {
        return new ChannelException(
                Fault.REJECTED,
                "sku: " + sku + " (expected: one that is sold and listed at " + connection.name() + ")");
    }
}
