package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Sku;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.List;
import java.util.Map;

/** How does a shop that follows us hear that title, picture or price of a product have changed? It is listed again, as it stands. */
final class ListingRun implements ErrandRun {
    private static final int PAGE = 100;

    private final CatalogueOut catalogue;

    ListingRun(CatalogueOut catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public Kind kind() {
        return Kind.LISTING;
    }

    @Override
    public int most(Connection connection) {
        return PAGE;
    }

    @Override
    public Map<Claim, Told> run(Connection connection, List<Claim> claims) {
        catalogue.push(
                connection, claims.stream().map(claim -> new Sku(claim.key())).toList());
        return Map.of();
    }
}
