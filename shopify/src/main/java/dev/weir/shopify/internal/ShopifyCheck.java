package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;

/** Does a connection reach its shop, and is its location there and active? */
public final class ShopifyCheck {
    private static final String QUERY = """
            query Check($location: ID!) {
              shop { name currencyCode }
              location(id: $location) { id isActive }
            }""";

    private ShopifyCheck() {}

    /** Asks the shop. */
    public static Check of(ShopifyClient client, Connection connection) {
        connection.setting("webhookSecret");
        String location = connection.setting("locationId");
        JsonNode data = client.repeatable(
                "Check",
                QUERY,
                ShopifyClient.variables().put("location", Gid.of("Location", location, Fault.UNAUTHORISED)));
        if (!data.path("location").path("isActive").asBoolean()) {
            return new Check(false, "locationId: " + location + " (expected: an active location of the shop)");
        }
        JsonNode shop = data.path("shop");
        return new Check(
                true,
                shop.path("name").asText() + ", " + shop.path("currencyCode").asText());
    }
}
