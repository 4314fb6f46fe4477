package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What does Meta's catalogue hold? Items by retailer id, in the order they were made. Guarded by the store's lock. */
final class Catalogue {
    private static final String ITEMS = "items";
    private static final Set<String> AVAILABILITY =
            Set.of("in stock", "out of stock", "preorder", "available for order", "discontinued");
    private static final List<String> REQUIRED =
            List.of("title", "description", "availability", "condition", "price", "link", "image_link");
    private static final long FIRST_ID = 24_000_000_000_000_000L;

    private final SandboxStore store;
    private final List<String> order = new ArrayList<>();

    Catalogue(SandboxStore store) {
        this.store = store;
        store.list(ITEMS).forEach(item -> order.add(item.path("retailer_id").asText()));
    }

    /** Retailer ids, oldest first. */
    List<String> ids() {
        return order;
    }

    @Nullable
    ObjectNode find(String id) {
        return store.get(ITEMS, id);
    }

    List<ObjectNode> items() {
        return order.stream().map(id -> Objects.requireNonNull(find(id))).toList();
    }

    void seed(SandboxProduct product) {
        String sku = product.sku().value();
        if (find(sku) == null) {
            save(
                    sku,
                    SandboxStore.document()
                            .put("title", product.title())
                            .put("description", product.title())
                            .put("price", product.price().toString())
                            .put("image_link", product.imageUrl().toString())
                            .put("availability", product.onHand() > 0 ? "in stock" : "out of stock")
                            .put("quantity_to_sell_on_facebook", product.onHand()));
        }
    }

    /** Why the data of a request cannot be taken at all; null when it can. */
    static @Nullable String malformed(JsonNode data) {
        String id = data.path("id").asText();
        if (data.has("retailer_id")) {
            return "retailer_id is not a field of items_batch";
        }
        if (id.isBlank() || id.length() > 100) {
            return "id is missing or too long";
        }
        JsonNode quantity = data.path("quantity_to_sell_on_facebook");
        if (!quantity.isMissingNode() && (!quantity.isIntegralNumber() || quantity.asLong() < 0)) {
            return "quantity_to_sell_on_facebook must be a non-negative integer";
        }
        JsonNode availability = data.path("availability");
        if (!availability.isMissingNode() && !AVAILABILITY.contains(availability.asText())) {
            return "availability is not one of the supported values";
        }
        JsonNode price = data.path("price");
        return price.isMissingNode() || price.asText().matches("\\d+(\\.\\d+)? [A-Z]{3}") ? null : "price is malformed";
    }

    /** Carries out one request of a batch; why it failed, or null. */
    @Nullable
    String take(String method, JsonNode data, boolean upsert) {
        String id = data.path("id").asText();
        return switch (method) {
            case "CREATE" -> create(id, data);
            case "UPDATE" -> update(id, data, upsert);
            default -> "method is not supported";
        };
    }

    private @Nullable String create(String id, JsonNode data) {
        for (String field : REQUIRED) {
            if (data.path(field).asText().isBlank()) {
                return field + " missing";
            }
        }
        if (data.path("brand").asText().isBlank()
                && data.path("gtin").asText().isBlank()
                && data.path("mpn").asText().isBlank()) {
            return "one of brand, gtin, mpn is needed";
        }
        save(id, data);
        return null;
    }

    private @Nullable String update(String id, JsonNode data, boolean upsert) {
        if (find(id) == null) {
            return upsert ? create(id, data) : "item does not exist in the catalog";
        }
        save(id, data);
        return null;
    }

    private void save(String id, JsonNode data) {
        ObjectNode item = find(id);
        if (item == null) {
            order.add(id);
            item = SandboxStore.document()
                    .put("id", Long.toString(FIRST_ID + store.next("item")))
                    .put("retailer_id", id)
                    .put("review_status", "approved")
                    .put("visibility", "published");
        }
        String own = item.path("id").asText();
        item.setAll((ObjectNode) data.deepCopy());
        item.put("id", own).put("retailer_id", id);
        store.put(ITEMS, id, item);
    }
}
