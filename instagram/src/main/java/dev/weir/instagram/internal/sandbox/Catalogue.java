package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What does Meta's catalogue hold? Items by retailer id, and what became of each batch under its handle. */
final class Catalogue {
    private static final String ITEMS = "items";
    private static final String BATCHES = "batches";
    private static final Set<String> AVAILABILITY =
            Set.of("in stock", "out of stock", "preorder", "available for order", "discontinued");
    private static final List<String> REQUIRED =
            List.of("title", "description", "availability", "condition", "price", "link", "image_link");
    private static final int MOST = 5_000;
    private static final long FIRST_ID = 24_000_000_000_000_000L;

    private final SandboxStore store;

    Catalogue(SandboxStore store) {
        this.store = store;
    }

    List<ObjectNode> items() {
        return store.list(ITEMS);
    }

    void seed(SandboxProduct product) {
        String sku = product.sku().value();
        if (store.get(ITEMS, sku) == null) {
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

    /** Takes a batch: what is malformed is named at once, the rest shows under the handle. */
    ObjectNode batch(JsonNode body) {
        JsonNode requests = body.path("requests");
        if (!body.path("item_type").asText().equals("PRODUCT_ITEM")) {
            throw GraphError.parameter("The parameter item_type is required");
        }
        if (!requests.isArray() || requests.isEmpty() || requests.size() > MOST) {
            throw GraphError.parameter("requests must be a non-empty array with at most 5000 elements");
        }
        ObjectNode answer = SandboxStore.document();
        ArrayNode statuses = SandboxStore.document().putArray("validation_status");
        ObjectNode outcome = SandboxStore.document().put("asked", 0);
        ArrayNode errors = outcome.putArray("errors");
        boolean upsert = body.path("allow_upsert").asBoolean(true);
        for (int line = 0; line < requests.size(); line++) {
            take(requests.path(line), line + 1, upsert, statuses, errors);
        }
        String handle = "Acz" + Long.toString(store.next("batch"), 36) + "Sandbox";
        store.put(BATCHES, handle, outcome);
        answer.putArray("handles").add(handle);
        if (!statuses.isEmpty()) {
            answer.set("validation_status", statuses);
        }
        return answer;
    }

    /** The state of a batch: still under way at the first question, finished from the second on. */
    ObjectNode status(Map<String, String> query) {
        String handle = query.getOrDefault("handle", "");
        ObjectNode outcome = store.get(BATCHES, handle);
        if (outcome == null) {
            throw GraphError.parameter("Invalid handle");
        }
        int asked = outcome.path("asked").asInt();
        store.put(BATCHES, handle, outcome.put("asked", asked + 1));
        JsonNode errors = outcome.path("errors");
        ObjectNode answer = SandboxStore.document();
        ObjectNode status = answer.putArray("data").addObject().put("handle", handle);
        if (asked == 0) {
            status.put("status", "in_progress");
            return answer;
        }
        status.put("status", "finished")
                .put("errors_total_count", errors.size())
                .put("warnings_total_count", 0);
        status.set("errors", errors);
        status.putArray("warnings");
        if (query.getOrDefault("load_ids_of_invalid_requests", "").equals("true")) {
            ArrayNode ids = status.putArray("ids_of_invalid_requests");
            errors.forEach(error -> ids.add(error.path("id").asText()));
        }
        return answer;
    }

    private void take(JsonNode request, int line, boolean upsert, ArrayNode statuses, ArrayNode errors) {
        JsonNode data = request.path("data");
        String id = data.path("id").asText();
        String malformed = malformed(data, id);
        if (malformed != null) {
            ObjectNode status = statuses.addObject().put("retailer_id", id);
            status.putArray("errors").addObject().put("message", malformed);
            status.putArray("warnings");
            return;
        }
        String failed = switch (request.path("method").asText()) {
            case "CREATE" -> create(id, data);
            case "UPDATE" -> update(id, data, upsert);
            default -> "method is not supported";
        };
        if (failed != null) {
            errors.addObject().put("line", line).put("id", id).put("message", failed);
        }
    }

    private static @Nullable String malformed(JsonNode data, String id) {
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
        if (store.get(ITEMS, id) == null) {
            return upsert ? create(id, data) : "item does not exist in the catalog";
        }
        save(id, data);
        return null;
    }

    private void save(String id, JsonNode data) {
        ObjectNode item = store.get(ITEMS, id);
        if (item == null) {
            item = SandboxStore.document()
                    .put("id", Long.toString(FIRST_ID + store.next("item")))
                    .put("retailer_id", id)
                    .put("review_status", "approved")
                    .put("visibility", "published");
        }
        item.setAll((ObjectNode) data.deepCopy());
        item.put("retailer_id", id);
        store.put(ITEMS, id, item);
    }
}
