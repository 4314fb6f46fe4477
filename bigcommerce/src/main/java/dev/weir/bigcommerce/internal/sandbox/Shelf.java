package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What does the store sell? Products of one variant each; every other one is counted by variant, the rest by product. */
final class Shelf {
    static final int LOCATION = 1;
    private static final String VARIANTS = "variants";
    private static final int FIRST_VARIANT = 500;
    private static final int MOST_ITEMS = 2_000;

    private final SandboxStore store;
    private final Clock clock;

    Shelf(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    void add(SandboxProduct product) {
        if (find(product.sku().value()) != null) {
            return;
        }
        long id = store.next("product");
        put(SandboxStore.document()
                .put("product", id)
                .put("variant", FIRST_VARIANT + id)
                .put("sku", product.sku().value())
                .put("name", product.title())
                .put("price", product.price().amount())
                .put("currency", product.price().currency().getCurrencyCode())
                .put("image", product.imageUrl().toString())
                .put("tracking", id % 2 == 1 ? "variant" : "product")
                .put("level", product.onHand()));
    }

    void put(ObjectNode variant) {
        variant.put("modified", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        store.put(VARIANTS, variant.path("variant").asText(), variant);
    }

    @Nullable
    ObjectNode find(String sku) {
        return all().stream()
                .filter(each -> each.path("sku").asText().equals(sku))
                .findFirst()
                .orElse(null);
    }

    List<ObjectNode> all() {
        return store.list(VARIANTS);
    }

    /** The currency of the first product, which the demo's others share. */
    String currency() {
        return all().isEmpty() ? "EUR" : all().getFirst().path("currency").asText();
    }

    ObjectNode products(Map<String, String> query) {
        Pages.require(query, Map.of("sort", "id", "direction", "asc"));
        long behind = Long.parseLong(query.getOrDefault("id:greater", "0"));
        String since = query.get("date_modified:min");
        List<ObjectNode> found = all().stream()
                .filter(each -> each.path("product").asLong() > behind)
                .filter(each -> since == null
                        || !Instant.parse(each.path("modified").asText()).isBefore(Instant.parse(since)))
                .map(each -> product(each, query))
                .toList();
        return Pages.v3(found, query, 250);
    }

    private static ObjectNode product(ObjectNode row, Map<String, String> query) {
        BigDecimal price = new BigDecimal(row.path("price").asText());
        ObjectNode product = SandboxStore.document()
                .put("id", row.path("product").asLong())
                .put("name", row.path("name").asText())
                .put("type", "physical")
                .put("sku", row.path("sku").asText())
                .put("price", price)
                .put("calculated_price", price)
                .put("inventory_tracking", row.path("tracking").asText())
                .put("inventory_level", row.path("level").asInt())
                .put("is_visible", true)
                .put("date_modified", row.path("modified").asText());
        if (!"description".equals(query.get("exclude_fields"))) {
            product.put("description", "<p>long</p>");
        }
        String include = query.getOrDefault("include", "");
        if (include.contains("primary_image")) {
            product.putObject("primary_image")
                    .put("url_standard", row.path("image").asText());
        }
        if (include.contains("variants")) {
            product.putArray("variants").add(variant(row, price));
        }
        return product;
    }

    private static ObjectNode variant(ObjectNode row, BigDecimal price) {
        boolean counted = row.path("tracking").asText().equals("variant");
        ObjectNode variant = SandboxStore.document()
                .put("id", row.path("variant").asLong())
                .put("product_id", row.path("product").asLong())
                .put("sku", row.path("sku").asText())
                .putNull("price")
                .put("calculated_price", price)
                .put("image_url", "")
                .put("inventory_level", counted ? row.path("level").asInt() : 0);
        variant.putArray("option_values");
        return variant;
    }

    ObjectNode levels(String location, Map<String, String> query) {
        if (!location.equals(Integer.toString(LOCATION))) {
            throw new Problem(404, "Location " + location + " was not found");
        }
        List<ObjectNode> found = all().stream()
                .filter(each -> isAmong(each.path("variant").asText(), query.get("variant_id:in")))
                .filter(each -> isAmong(each.path("product").asText(), query.get("product_id:in")))
                .map(Shelf::level)
                .toList();
        return Pages.v3(found, query, 1_000);
    }

    private static boolean isAmong(String id, @Nullable String ids) {
        return ids == null
                || Arrays.stream(ids.split(",", -1)).collect(Collectors.toSet()).contains(id);
    }

    private static ObjectNode level(ObjectNode row) {
        int level = row.path("level").asInt();
        ObjectNode item = SandboxStore.document();
        item.putObject("identity")
                .put("sku", row.path("sku").asText())
                .put("variant_id", row.path("variant").asLong())
                .put("product_id", row.path("product").asLong());
        item.put("available_to_sell", level).put("total_inventory_onhand", level);
        return item;
    }

    /** All of it or nothing: the first item that is wrong refuses every other one. */
    ObjectNode adjust(JsonNode body) {
        JsonNode items = body.path("items");
        if (!items.isArray() || items.isEmpty() || items.size() > MOST_ITEMS) {
            throw new Problem(422, "items: expected 1.." + MOST_ITEMS);
        }
        for (JsonNode item : items) {
            checked(item);
        }
        for (JsonNode item : items) {
            put(checked(item).put("level", item.path("quantity").asInt()));
        }
        return SandboxStore.document().put("transaction_id", Long.toString(store.next("transaction")));
    }

    private ObjectNode checked(JsonNode item) {
        if (item.path("location_id").asInt() != LOCATION) {
            throw new Problem(422, "Location " + item.path("location_id").asText() + " was not found");
        }
        if (!item.path("quantity").canConvertToInt() || item.path("quantity").asInt() < 0) {
            throw new Problem(422, "quantity: " + item.path("quantity") + " (expected: 0 or more)");
        }
        Set<String> named = Set.of("variant_id", "product_id", "sku").stream()
                .filter(item::has)
                .collect(Collectors.toSet());
        if (named.size() != 1) {
            throw new Problem(422, "identity: " + named + " (expected: one of sku, variant_id, product_id)");
        }
        String field = named.iterator().next();
        ObjectNode row = all().stream()
                .filter(each -> each.path(field.replace("_id", ""))
                        .asText()
                        .equals(item.path(field).asText()))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        422,
                        "Items with identity: [" + field + " "
                                + item.path(field).asText() + "] were not found"));
        String tracking = row.path("tracking").asText();
        if (!field.equals("sku") && !field.equals(tracking + "_id")) {
            throw new Problem(
                    422,
                    "[Item with " + field + " " + item.path(field).asText() + " is tracked by " + tracking
                            + ", please update stock by " + tracking + " id]");
        }
        return row;
    }

    /** The locations of the store. */
    static ObjectNode locations() {
        ArrayNode data = SandboxStore.document().putArray("data");
        data.addObject().put("id", LOCATION).put("code", "BC-LOCATION-1").put("label", "Default location");
        ObjectNode page = SandboxStore.document();
        page.set("data", data);
        return page;
    }
}
