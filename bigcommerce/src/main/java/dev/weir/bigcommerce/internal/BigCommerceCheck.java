package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Would the connection work now? Asks for the store, its locations, products and orders: each is a scope of its own. */
public final class BigCommerceCheck {
    private final BigCommerceClient client;

    /** The check of one connection. */
    public BigCommerceCheck(BigCommerceClient client) {
        this.client = client;
    }

    /** Never throws for a platform's answer. */
    public Check check() {
        try {
            BigCommerceShop shop = BigCommerceShop.of(client);
            int wanted = BigCommerceSettings.location(client.connection());
            List<String> locations = new ArrayList<>();
            JsonNode listed = client.get("locations", "/v3/inventory/locations", Map.of("limit", "250"));
            for (JsonNode each : listed.path("data")) {
                if (each.path("id").asInt() == wanted) {
                    client.get("orders", "/v2/orders", Map.of("limit", "1"));
                    client.get("products", "/v3/catalog/products", BigCommerceCatalogue.query("0", 1, Map.of()));
                    BigCommerceWebhooks.checkSettings(client.connection());
                    return new Check(
                            true,
                            shop.name() + " (" + shop.plan() + ") sells in " + shop.currency() + " from location "
                                    + each.path("label").asText());
                }
                locations.add(
                        each.path("id").asText() + " " + each.path("label").asText());
            }
            return new Check(false, "locationId: " + wanted + " (expected: one of " + locations + ")");
        } catch (ChannelException e) {
            return new Check(false, String.valueOf(e.getMessage()));
        }
    }
}
