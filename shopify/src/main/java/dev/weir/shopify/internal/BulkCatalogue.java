package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Listing;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How is a catalogue of any size read with little memory? One bulk operation writes a line a variant, which are fetched in
 * pieces and handed on 250 at a time. The query has no connection inside a connection, so that no line belongs to another and
 * none has to wait for its parent.
 */
final class BulkCatalogue {
    private static final String QUERY = """
            { productVariants(query: "product_status:active") { edges { node { id sku title price \
            product { title featuredMedia { preview { image { url } } } } \
            inventoryItem { id inventoryLevel(locationId: "LOCATION") \
            { quantities(names: ["available"]) { name quantity } } } } } } }""";

    private final BulkOperations operations;
    private final BulkResult result;
    private final Listings listings;
    private final String query;

    BulkCatalogue(ShopifyClient client, Listings listings, String location) {
        this.listings = listings;
        operations = new BulkOperations(client);
        result = new BulkResult(client);
        query = QUERY.replace("LOCATION", location);
    }

    /** Reads on behind {@code from}, or, where the shop no longer has that result, from the beginning. */
    void read(@Nullable BulkCursor from, String currency, CatalogueRead.Sink sink) {
        BulkCursor begun = from != null && operations.isReadable(from.operation())
                ? from
                : new BulkCursor(operations.begin(query), 0);
        sink.page(List.of(), begun.toString());
        String url = operations.awaitUrl(begun.operation());
        if (url != null) {
            hand(begun, URI.create(url), currency, sink);
        }
    }

    private void hand(BulkCursor begun, URI url, String currency, CatalogueRead.Sink sink) {
        List<Listing> page = new ArrayList<>(CatalogueRead.PAGE);
        long end = result.lines(url, begun.offset(), (line, behind) -> {
            JsonNode row = ShopifyClient.parse(line, "bulk result");
            if (!row.has("__parentId")) {
                listings.add(row, currency, page);
            }
            if (page.size() == CatalogueRead.PAGE) {
                sink.page(List.copyOf(page), begun.at(behind).toString());
                page.clear();
            }
        });
        sink.page(List.copyOf(page), begun.at(end).toString());
    }
}
