package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How does GraphQL show products, variants and inventory items? Whole objects, as far as the hub may select from them. */
final class Variants {
    private Variants() {}

    /** A variant; the levels are those of the location that {@code asked} names. */
    static ObjectNode view(ObjectNode item, List<GraphQl.Selection> asked) {
        ObjectNode variant = SandboxStore.document()
                .put(
                        "id",
                        "gid://shopify/ProductVariant/" + item.path("variant").asText())
                .put("sku", item.path("sku").asText())
                .put("title", item.path("variantTitle").asText("Default Title"))
                .put("price", item.path("price").asText())
                .put("inventoryQuantity", item.path("available").asInt());
        ObjectNode product = variant.putObject("product");
        product.put("id", "gid://shopify/Product/" + item.path("product").asText())
                .put(
                        "title",
                        item.path("productTitle").asText(item.path("title").asText()))
                .put("status", "ACTIVE");
        picture(product, item.path("image").asText());
        variant.set("inventoryItem", inventoryItem(item, find(asked, "inventoryLevel")));
        return variant;
    }

    /** A product with its {@code items}. */
    static ObjectNode product(ObjectNode product, List<ObjectNode> items, GraphQl.Selection asked) {
        ObjectNode view = SandboxStore.document()
                .put("id", "gid://shopify/Product/" + product.path("id").asText())
                .put("title", product.path("title").asText())
                .put("status", "ACTIVE")
                .put("updatedAt", seconds(product.path("updatedAt").asText()));
        picture(view, items.isEmpty() ? "" : items.getFirst().path("image").asText());
        GraphQl.Selection variants = find(List.of(asked), "variants");
        if (variants != null) {
            view.set(
                    "variants",
                    Pages.of(
                            items.stream()
                                    .map(item -> view(item, variants.children()))
                                    .toList(),
                            variants));
        }
        return view;
    }

    private static void picture(ObjectNode product, String url) {
        product.putObject("featuredMedia")
                .putObject("preview")
                .putObject("image")
                .put("url", url);
    }

    static ObjectNode inventoryItem(ObjectNode item, GraphQl.@Nullable Selection level) {
        ObjectNode view = SandboxStore.document()
                .put("id", "gid://shopify/InventoryItem/" + item.path("item").asText())
                .put("sku", item.path("sku").asText())
                .put("tracked", true);
        if (level == null || !isOurs(level.argument("locationId").asText())) {
            view.putNull("inventoryLevel");
            return view;
        }
        ArrayNode quantities = view.putObject("inventoryLevel").putArray("quantities");
        GraphQl.Selection names = find(level.children(), "quantities");
        if (names != null) {
            for (JsonNode name : names.argument("names")) {
                String field = name.asText().equals("on_hand") ? "onHand" : name.asText();
                quantities
                        .addObject()
                        .put("name", name.asText())
                        .put("quantity", item.path(field).asInt());
            }
        }
        return view;
    }

    static boolean isOurs(String location) {
        return InventoryMutations.number(location).equals(ShopifySandbox.LOCATION);
    }

    static GraphQl.@Nullable Selection find(List<GraphQl.Selection> fields, String name) {
        for (GraphQl.Selection field : fields) {
            GraphQl.Selection found = field.name().equals(name) ? field : find(field.children(), name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** GraphQL's times have whole seconds. */
    static String seconds(String instant) {
        return java.time.Instant.parse(instant)
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }
}
