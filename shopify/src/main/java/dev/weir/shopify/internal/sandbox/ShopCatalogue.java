package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What does the shop answer to queries? Whole objects of the 2026-10 schema as far as the hub may select from them. */
final class ShopCatalogue {
    private static final Pattern UPDATED = Pattern.compile("updated_at:>='([^']+)'");
    private static final Pattern SOURCE = Pattern.compile("source_identifier:'([^']*)'");
    private static final Pattern TAG_NOT = Pattern.compile("tag_not:([^ )]+)");

    private final Shelf shelf;
    private final ShopOrders orders;

    ShopCatalogue(Shelf shelf, ShopOrders orders) {
        this.shelf = shelf;
        this.orders = orders;
    }

    JsonNode shop() {
        return SandboxStore.document()
                .put("name", "Weir demo")
                .put("myshopifyDomain", ShopifySandbox.SHOP)
                .put("currencyCode", shelf.currency());
    }

    JsonNode count() {
        return SandboxStore.document()
                .put("count", Math.min(10_000, shelf.count()))
                .put("precision", shelf.count() > 10_000 ? "AT_LEAST" : "EXACT");
    }

    JsonNode location(GraphQl.Selection field) {
        String id = field.argument("id").asText();
        InventoryMutations.gid("Location", id);
        return isOurs(id) ? SandboxStore.document().put("id", id).put("isActive", true) : NullNode.getInstance();
    }

    JsonNode nodes(GraphQl.Selection field) {
        ArrayNode nodes = SandboxStore.document().arrayNode();
        for (JsonNode id : field.argument("ids")) {
            nodes.add(node(id.asText(), field));
        }
        return nodes;
    }

    private JsonNode node(String id, GraphQl.Selection field) {
        String number = InventoryMutations.number(id);
        if (id.startsWith("gid://shopify/ProductVariant/")) {
            InventoryMutations.gid("ProductVariant", id);
            ObjectNode item = shelf.variant(number);
            return item == null ? NullNode.getInstance() : Variants.view(item, field.children());
        }
        InventoryMutations.gid("InventoryItem", id);
        ObjectNode item = shelf.item(number);
        return item == null
                ? NullNode.getInstance()
                : Variants.inventoryItem(item, Variants.find(field.children(), "inventoryLevel"));
    }

    JsonNode variants(GraphQl.Selection field) {
        return Pages.of(
                shelf.all().stream()
                        .map(item -> Variants.view(item, field.children()))
                        .toList(),
                field);
    }

    JsonNode products(GraphQl.Selection field) {
        Matcher updated = UPDATED.matcher(field.argument("query").asText(""));
        String since = updated.find() ? updated.group(1) : "1970-01-01T00:00:00Z";
        Instant from = Instant.parse(since);
        return Pages.of(
                shelf.products().stream()
                        .filter(product -> !Instant.parse(Variants.seconds(
                                        product.path("updatedAt").asText()))
                                .isBefore(from))
                        .sorted(Comparator.comparing(
                                product -> product.path("updatedAt").asText()))
                        .map(product -> Variants.product(product, items(product), field))
                        .toList(),
                field);
    }

    JsonNode product(GraphQl.Selection field) {
        String id = field.argument("id").asText();
        InventoryMutations.gid("Product", id);
        ObjectNode product = shelf.product(InventoryMutations.number(id));
        return product == null ? NullNode.getInstance() : Variants.product(product, items(product), field);
    }

    private List<ObjectNode> items(ObjectNode product) {
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode id : product.path("items")) {
            items.add(java.util.Objects.requireNonNull(shelf.item(id.asText())));
        }
        return items;
    }

    JsonNode orders(GraphQl.Selection field) {
        String query = field.argument("query").asText("");
        Comparator<ObjectNode> byUpdate = Comparator.comparing(ShopCatalogue::updated);
        return Pages.of(
                orders.all(isOf(query)).stream()
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

    /** What an order keeps from its beginning; a shop has many, and most questions are about one. */
    private static Predicate<ObjectNode> isOf(String query) {
        Matcher source = SOURCE.matcher(query);
        if (!source.find()) {
            return order -> true;
        }
        String identifier = source.group(1);
        return order -> identifier.equals(order.path("source_identifier").asText());
    }

    private boolean matches(ObjectNode order, String query) {
        Matcher updated = UPDATED.matcher(query);
        if (updated.find() && updated(order).isBefore(OffsetDateTime.parse(updated.group(1)))) {
            return false;
        }
        if (SOURCE.matcher(query).find() && !orders.isIndexed(order)) {
            return false;
        }
        Matcher tag = TAG_NOT.matcher(query);
        boolean isTagged =
                tag.find() && List.of(order.path("tags").asText().split(", ")).contains(tag.group(1));
        boolean orCancelled = query.contains(" OR status:cancelled)") && order.hasNonNull("cancelled_at");
        return !isTagged || orCancelled;
    }

    private static OffsetDateTime updated(ObjectNode order) {
        return OffsetDateTime.parse(order.path("updated_at").asText());
    }

    private static GraphQl.Selection lines(GraphQl.Selection field) {
        GraphQl.Selection found = Variants.find(field.children(), "lineItems");
        return found == null ? field : found;
    }

    private static boolean isOurs(String location) {
        return Variants.isOurs(location);
    }
}
