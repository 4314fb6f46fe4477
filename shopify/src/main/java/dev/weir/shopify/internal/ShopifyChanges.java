package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueChanges;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Mappings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which variants changed? A change of price, title, picture or stock touches the product's {@code updatedAt}, so products are
 * asked for. Shopify's search index lags its writes: each reading begins 5 minutes earlier than asked and may hand out again what
 * was seen before. Variants of products that are no longer active are left out, as in the catalogue.
 */
public final class ShopifyChanges implements CatalogueChanges {
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private static final String VARIANTS = """
            fragment Variants on ProductVariantConnection {
              nodes {
                id sku title price
                inventoryItem {
                  id
                  inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
                }
              }
              pageInfo { hasNextPage endCursor }
            }
            """;

    /** 7 products of up to 25 variants cost about 800 of the 1,000 points that one query may ask for. */
    private static final Operation CHANGED = new Operation("CatalogueChanged", Lane.CATALOGUE, 800, """
            query CatalogueChanged($query: String!, $after: String, $location: ID!) {
              shop { currencyCode }
              products(first: 7, after: $after, sortKey: UPDATED_AT, query: $query) {
                nodes {
                  id title status updatedAt featuredMedia { preview { image { url } } }
                  variants(first: 25) { ...Variants }
                }
                pageInfo { hasNextPage endCursor }
              }
            }
            """ + VARIANTS);

    private static final Operation REST = new Operation("ProductVariants", Lane.CATALOGUE, 800, """
            query ProductVariants($id: ID!, $after: String, $location: ID!) {
              product(id: $id) { variants(first: 200, after: $after) { ...Variants } }
            }
            """ + VARIANTS);

    private final ShopifyClient client;
    private final String location;
    private final Listings listings;

    /** The changes of one shop. */
    public ShopifyChanges(ShopifyClient client, Connection connection, Mappings mappings) {
        this.client = client;
        location = Gid.of("Location", connection.setting("locationId"), Fault.UNAUTHORISED);
        listings = new Listings(connection, mappings);
    }

    @Override
    public Instant readSince(Instant since, Consumer<Listing> each) {
        ObjectNode variables =
                variables().put("query", "updated_at:>='" + since.minus(OVERLAP).truncatedTo(ChronoUnit.SECONDS) + "'");
        Instant newest = since;
        boolean more = true;
        while (more) {
            JsonNode data = client.repeatable(CHANGED, variables);
            String currency = data.path("shop").path("currencyCode").asText();
            JsonNode products = data.path("products");
            for (JsonNode product : products.path("nodes")) {
                Instant at = Instant.parse(product.path("updatedAt").asText());
                newest = at.isAfter(newest) ? at : newest;
                if (product.path("status").asText().equals("ACTIVE")) {
                    hand(product, currency, each);
                }
            }
            more = products.path("pageInfo").path("hasNextPage").asBoolean();
            variables.put("after", products.path("pageInfo").path("endCursor").asText());
        }
        return newest;
    }

    private void hand(JsonNode product, String currency, Consumer<Listing> each) {
        JsonNode page = product.path("variants");
        ObjectNode variables = variables().put("id", product.path("id").asText());
        while (true) {
            List<Listing> found = new ArrayList<>();
            for (JsonNode variant : page.path("nodes")) {
                ObjectNode whole = variant.deepCopy();
                whole.set("product", product);
                listings.add(whole, currency, found);
            }
            found.forEach(each);
            if (!page.path("pageInfo").path("hasNextPage").asBoolean()) {
                return;
            }
            variables.put("after", page.path("pageInfo").path("endCursor").asText());
            page = client.repeatable(REST, variables).path("product").path("variants");
        }
    }

    private ObjectNode variables() {
        return ShopifyClient.variables().put("location", location);
    }
}
