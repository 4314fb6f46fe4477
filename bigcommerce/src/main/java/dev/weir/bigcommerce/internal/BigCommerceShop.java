package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Which store is it?
 *
 * @param currency of its catalogue: the store's default one
 */
record BigCommerceShop(String name, String currency, String plan) {
    static BigCommerceShop of(BigCommerceClient client) {
        JsonNode store = client.get("store", "/v2/store", Map.of());
        return new BigCommerceShop(
                store.path("name").asText(),
                store.path("currency").asText(),
                store.path("plan_name").asText());
    }
}
