package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does the shop answer to queries? Whole objects of the 2026-10 schema as far as the hub may select from them. */
final class ShopCatalogue {
    private static final Pattern UPDATED = Pattern.compile("updated_at:>='([^']+)'");
    private static final Pattern SOURCE = Pattern.compile("source_identifier:'([^']*)'");
    private static final Pattern TAG_NOT = Pattern.compile("tag_not:([^ ]+)");

    private final Shelf shelf;
    private final ShopOrders orders;

    ShopCatalogue(Shelf shelf, ShopOrders orders) {
        this.shelf = shelf;
        this.orders = orders;
    }

    JsonNode shop() {
        List<ObjectNode> items = shelf.all();
        return SandboxStore.document()
                .put("name", "Weir demo")
                .put("myshopifyDomain", ShopifySandbox.SHOP)
                .put(
                        "currencyCode",
                        items.isEmpty()
                                ? "EUR"
                                : items.getFirst().path("currency").asText());
    }

    JsonNode location(GraphQl.Selection field) {
        String id = field.argument("id").asText();
        InventoryMutations.gid("Location", id);
        return isOurs(id) ? SandboxStore.document().put("id", id).put("isActive", true) : NullNode.getInstance();
    }

    JsonNode nodes(GraphQl.Selection field) {
        ArrayNode nodes = SandboxStore.document().arrayNode();
        String location = nested(field, "inventoryLevel", "locationId");
        for (JsonNode id : field.argument("ids")) {
            InventoryMutations.gid("InventoryItem", id.asText());
            ObjectNode item = shelf.item(InventoryMutations.number(id.asText()));
            nodes.add(item == null ? NullNode.getInstance() : inventoryItem(item, location));
        }
        return nodes;
    }

    JsonNode variants(GraphQl.Selection field) {
        String location = nested(field, "inventoryLevel", "locationId");
        return Pages.of(
                shelf.all().stream().map(item -> variant(item, location)).toList(), field);
    }

    JsonNode orders(GraphQl.Selection field) {
        String query = field.argument("query").asText("");
        Comparator<ObjectNode> byUpdate = Comparator.comparing(
                order -> OffsetDateTime.parse(order.path("updated_at").asText()));
        return Pages.of(
                orders.all().stream()
                        .filter(order -> matches(order, query))
                        .sorted(byUpdate)
                        .map(order -> (JsonNode) OrderView.of(order, lines(field)))
                        .toList(),
                field);
    }

    JsonNode order(GraphQl.Selection field) {
        String id = field.argument("id").asText();
        InventoryMutations.gid("Order", id);
        ObjectNode order = orders.get(InventoryMutations.number(id));
        return order == null ? NullNode.getInstance() : OrderView.of(order, lines(field));
    }

    private boolean matches(ObjectNode order, String query) {
        Matcher updated = UPDATED.matcher(query);
        if (updated.find()
                && OffsetDateTime.parse(order.path("updated_at").asText())
                        .isBefore(OffsetDateTime.parse(updated.group(1)))) {
            return false;
        }
        Matcher source = SOURCE.matcher(query);
        if (source.find()
                && !(source.group(1).equals(order.path("source_identifier").asText()) && orders.isIndexed(order))) {
            return false;
        }
        Matcher tag = TAG_NOT.matcher(query);
        return !tag.find() || !List.of(order.path("tags").asText().split(", ")).contains(tag.group(1));
    }

    private static GraphQl.Selection lines(GraphQl.Selection field) {
        GraphQl.Selection found = find(field, "lineItems");
        return found == null ? field : found;
    }

    private static JsonNode variant(ObjectNode item, String location) {
        ObjectNode variant = SandboxStore.document()
                .put(
                        "id",
                        "gid://shopify/ProductVariant/" + item.path("variant").asText())
                .put("sku", item.path("sku").asText())
                .put("title", "Default Title")
                .put("price", item.path("price").asText())
                .put("inventoryQuantity", item.path("available").asInt());
        ObjectNode product = variant.putObject("product");
        product.put("id", "gid://shopify/Product/" + item.path("product").asText())
                .put("title", item.path("title").asText())
                .put("status", "ACTIVE");
        product.putObject("featuredMedia")
                .putObject("preview")
                .putObject("image")
                .put("url", item.path("image").asText());
        variant.set("inventoryItem", inventoryItem(item, location));
        return variant;
    }

    private static ObjectNode inventoryItem(ObjectNode item, String location) {
        ObjectNode view = SandboxStore.document()
                .put("id", "gid://shopify/InventoryItem/" + item.path("item").asText())
                .put("sku", item.path("sku").asText())
                .put("tracked", true);
        if (!isOurs(location)) {
            view.putNull("inventoryLevel");
            return view;
        }
        ArrayNode quantities = view.putObject("inventoryLevel").putArray("quantities");
        quantities
                .addObject()
                .put("name", "available")
                .put("quantity", item.path("available").asInt());
        return view;
    }

    private static boolean isOurs(String location) {
        return InventoryMutations.number(location).equals(ShopifySandbox.LOCATION);
    }

    private static String nested(GraphQl.Selection field, String name, String argument) {
        GraphQl.Selection found = find(field, name);
        return found == null ? "" : found.argument(argument).asText();
    }

    private static GraphQl.@org.jspecify.annotations.Nullable Selection find(GraphQl.Selection field, String name) {
        for (GraphQl.Selection child : field.children()) {
            GraphQl.Selection found = child.name().equals(name) ? child : find(child, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
