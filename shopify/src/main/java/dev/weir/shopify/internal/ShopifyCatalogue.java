package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which variants does the shop sell? Active products only; a variant without a SKU cannot be sold elsewhere. */
public final class ShopifyCatalogue implements CatalogueRead {
    /** 100 rows cost about 700 of the 1,000 points that one query may ask for. */
    private static final String QUERY = """
            query Catalogue($after: String, $location: ID!) {
              shop { currencyCode }
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
            }""";

    private static final Logger LOG = LoggerFactory.getLogger(ShopifyCatalogue.class);

    private final ShopifyClient client;
    private final Connection connection;
    private final Mappings mappings;

    /** The catalogue of one shop. */
    public ShopifyCatalogue(ShopifyClient client, Connection connection, Mappings mappings) {
        this.client = client;
        this.connection = connection;
        this.mappings = mappings;
    }

    @Override
    public void readAll(Consumer<Listing> each) {
        ObjectNode variables = ShopifyClient.variables()
                .put("location", Gid.of("Location", connection.setting("locationId"), Fault.UNAUTHORISED));
        boolean more = true;
        while (more) {
            JsonNode data = client.repeatable("Catalogue", QUERY, variables);
            String currency = data.path("shop").path("currencyCode").asText();
            JsonNode page = data.path("productVariants");
            page.path("nodes").forEach(variant -> hand(variant, currency, each));
            JsonNode info = page.path("pageInfo");
            more = info.path("hasNextPage").asBoolean();
            variables.put("after", info.path("endCursor").asText());
        }
    }

    private void hand(JsonNode variant, String currency, Consumer<Listing> each) {
        if (variant.path("sku").asText("").isBlank()) {
            LOG.info(
                    "{} of connection {} has no SKU: left out",
                    variant.path("id").asText(),
                    connection.id());
            return;
        }
        ObjectNode input = variant.deepCopy();
        input.put("currency", currency);
        each.accept(Canonical.listing(mappings.apply("shopify", "listing", input)));
    }
}
