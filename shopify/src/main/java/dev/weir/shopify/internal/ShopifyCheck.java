package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;

/** Does a connection reach its shop, and is its location there and active? */
public final class ShopifyCheck {
    private static final Operation CHECK = new Operation("Check", Lane.ORDER, 2, """
            query Check($location: ID!) {
              shop { name currencyCode myshopifyDomain }
              location(id: $location) { id isActive }
            }""");

    private ShopifyCheck() {}

    /** Asks the shop. */
    public static Check of(ShopifyClient client, Connection connection) {
        connection.setting("webhookSecret");
        String location = connection.setting("locationId");
        JsonNode data = client.repeatable(
                CHECK, ShopifyClient.variables().put("location", Gid.of("Location", location, Fault.UNAUTHORISED)));
        if (!client.served().isEmpty() && !client.served().equals(client.version())) {
            return new Check(
                    false,
                    "apiVersion: " + client.version() + " is answered as " + client.served()
                            + " (expected: the version asked for; it may be retired)");
        }
        if (!data.path("location").path("isActive").asBoolean()) {
            return new Check(false, "locationId: " + location + " (expected: an active location of the shop)");
        }
        JsonNode shop = data.path("shop");
        String domain = shop.path("myshopifyDomain").asText();
        if (!connection.setting("shop").equalsIgnoreCase(domain)) {
            return new Check(
                    false,
                    "shop: " + connection.setting("shop") + " (expected: " + domain + ", which the token is of)");
        }
        return new Check(
                true,
                shop.path("name").asText() + ", " + shop.path("currencyCode").asText());
    }
}
