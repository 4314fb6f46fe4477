package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.Lane;
import java.util.Map;

/**
 * Does a connection reach its shop, is its location there and active, and is its client secret the app's?
 *
 * <p>No query tells of the secret. Where the client id is known, the token endpoint is asked for a token with both, as an app of the
 * merchant's own does each day: it refuses a wrong pair before anything else. The token that it may give is not kept; it ends within
 * a day. An app that may not ask so, and a connection without a client id, leave the secret unproven.
 */
public final class ShopifyCheck {
    private static final String SECRET = "webhookSecret";
    private static final Operation CHECK = new Operation("Check", Lane.ORDER, 2, """
            query Check($location: ID!) {
              shop { name currencyCode myshopifyDomain }
              location(id: $location) { id isActive }
            }""");

    private ShopifyCheck() {}

    /** Asks the shop over {@code client}, and its token endpoint over {@code http}. */
    public static Check of(ShopifyClient client, ChannelHttp http, Connection connection) {
        connection.setting(SECRET);
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
        String seen =
                shop.path("name").asText() + ", " + shop.path("currencyCode").asText();
        return secret(http, connection, seen);
    }

    private static Check secret(ChannelHttp http, Connection connection, String seen) {
        if (connection.setting("clientId", "").isEmpty()) {
            return Check.unproven(seen, SECRET);
        }
        try {
            new TokenCalls(http).ask(connection, Map.of("grant_type", "client_credentials"), true);
            return new Check(true, seen);
        } catch (ChannelException e) {
            if (TokenCalls.isOfThePair(e)) {
                throw e;
            }
            return Check.unproven(seen, SECRET);
        }
    }
}
