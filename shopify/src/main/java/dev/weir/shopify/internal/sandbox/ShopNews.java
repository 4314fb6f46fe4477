package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Instant;
import java.util.function.BiConsumer;

/** What does the shop say when an item's level or price changed, by whomever? Its own writer hears of it too. */
final class ShopNews {
    private ShopNews() {}

    static void of(ObjectNode item, Instant at, BiConsumer<String, ObjectNode> push) {
        String id = item.path("item").asText();
        push.accept(
                "inventory_levels/update",
                SandboxStore.document()
                        .put("inventory_item_id", item.path("item").asLong())
                        .put("location_id", Long.parseLong(ShopifySandbox.LOCATION))
                        .put("available", item.path("available").asInt())
                        .put("updated_at", at.toString())
                        .put("admin_graphql_api_id", "gid://shopify/InventoryLevel/1?inventory_item_id=" + id));
        push.accept(
                "products/update",
                SandboxStore.document()
                        .put("id", item.path("product").asLong())
                        .put(
                                "admin_graphql_api_id",
                                "gid://shopify/Product/" + item.path("product").asText())
                        .put("updated_at", at.toString()));
    }
}
