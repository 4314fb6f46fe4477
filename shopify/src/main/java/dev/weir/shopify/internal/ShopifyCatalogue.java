package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Mappings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which variants does the shop sell? Active products only; a variant without a SKU cannot be sold elsewhere.
 *
 * <p>A small shop is read page by page, a larger one by one bulk operation whose result is a file of one variant a line. The
 * setting {@code pagedUpTo} (1,000 unless set) says which is small. Cursors are {@code page:…} and
 * {@code bulk:<operation>:<byte>}: whoever has one goes on behind what it saw, for the 7 days that Shopify keeps a result.
 */
public final class ShopifyCatalogue implements CatalogueRead {
    private static final int PAGED_UP_TO = 1_000;
    private static final int MOST_VARIANTS = 10_000_000;
    private static final String PAGE_CURSOR = "page:";

    private static final Operation SIZE = new Operation("CatalogueSize", Lane.CATALOGUE, 2, """
            query CatalogueSize {
              shop { currencyCode }
              productVariantsCount(query: "product_status:active") { count precision }
            }""");

    /** 100 rows cost about 700 of the 1,000 points that one query may ask for. */
    private static final Operation PAGE_OF = new Operation("Catalogue", Lane.CATALOGUE, 810, """
            query Catalogue($after: String, $location: ID!) {
              productVariants(first: 100, after: $after, query: "product_status:active") {
                nodes {
                  id sku title price
                  product { title featuredMedia { preview { image { url } } } }
                  inventoryItem {
                    id
                    inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
                  }
                }
                pageInfo { hasNextPage endCursor }
              }
            }""");

    private final ShopifyClient client;
    private final Connection connection;
    private final Listings listings;

    /** The catalogue of one shop. */
    public ShopifyCatalogue(ShopifyClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        listings = new Listings(connection, mappings);
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        read(null, (page, next) -> page.forEach(each));
    }

    @Override
    public void read(@Nullable String cursor, Sink sink) {
        JsonNode size = client.repeatable(SIZE, ShopifyClient.variables());
        String currency = size.path("shop").path("currencyCode").asText();
        if (cursor == null) {
            if (size.path("productVariantsCount").path("count").asLong() > pagedUpTo()) {
                new BulkCatalogue(client, listings, location()).read(null, currency, sink);
            } else {
                readPages("", currency, sink);
            }
        } else if (cursor.startsWith(PAGE_CURSOR)) {
            readPages(cursor.substring(PAGE_CURSOR.length()), currency, sink);
        } else {
            new BulkCatalogue(client, listings, location()).read(BulkCursor.of(cursor), currency, sink);
        }
    }

    private void readPages(String after, String currency, Sink sink) {
        ObjectNode variables = ShopifyClient.variables().put("location", location());
        if (!after.isEmpty()) {
            variables.put("after", after);
        }
        boolean more = true;
        while (more) {
            JsonNode page = client.repeatable(PAGE_OF, variables).path("productVariants");
            List<Listing> found = new ArrayList<>();
            page.path("nodes").forEach(variant -> listings.add(variant, currency, found));
            JsonNode info = page.path("pageInfo");
            more = info.path("hasNextPage").asBoolean();
            String end = info.path("endCursor").asText();
            variables.put("after", end);
            sink.page(List.copyOf(found), more ? PAGE_CURSOR + end : null);
        }
    }

    private String location() {
        return Gid.of("Location", connection.setting("locationId"), Fault.UNAUTHORISED);
    }

    private long pagedUpTo() {
        return connection.number("pagedUpTo", PAGED_UP_TO, 0, MOST_VARIANTS);
    }
}
