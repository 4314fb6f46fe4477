package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lies on Magento's shelves? Products, what the one source holds of them, and what orders reserve; salable is the
 * difference, and nothing where the source item is out of stock.
 */
final class Shelf {
    static final String SOURCE = "default";
    private static final String PRODUCTS = "products";
    private static final String SOURCES = "sourceItems";
    private static final String RESERVED = "reservations";

    private final SandboxStore store;

    Shelf(SandboxStore store) {
        this.store = store;
    }

    void add(SandboxProduct product) {
        String sku = product.sku().value();
        if (store.get(PRODUCTS, sku) != null) {
            return;
        }
        ObjectNode document = SandboxStore.document()
                .put("id", store.next("product"))
                .put("sku", sku)
                .put("name", product.title())
                .put("attribute_set_id", 4)
                .put("price", product.price().decimal())
                .put("status", 1)
                .put("visibility", 4)
                .put("type_id", "simple");
        document.putArray("custom_attributes")
                .addObject()
                .put("attribute_code", "image")
                .put("value", product.imageUrl().toString());
        store.put(PRODUCTS, sku, document);
        hold(sku, SOURCE, BigDecimal.valueOf(product.onHand()), product.onHand() > 0 ? 1 : 0);
    }

    List<ObjectNode> products() {
        return store.list(PRODUCTS);
    }

    @Nullable
    ObjectNode product(String sku) {
        return store.get(PRODUCTS, sku);
    }

    List<ObjectNode> sourceItems() {
        return store.list(SOURCES);
    }

    /** Overwrites a source item; a SKU without a product is taken silently, as at the platform. */
    void hold(String sku, String source, BigDecimal quantity, int status) {
        store.put(
                SOURCES,
                sku + "/" + source,
                SandboxStore.document()
                        .put("sku", sku)
                        .put("source_code", source)
                        .put("quantity", quantity)
                        .put("status", status));
    }

    /** Appends a reservation: negative takes, positive gives back. Only its sum is kept. */
    void reserve(String sku, BigDecimal quantity) {
        ObjectNode row = store.get(RESERVED, sku);
        BigDecimal sum = row == null ? BigDecimal.ZERO : row.path("quantity").decimalValue();
        store.put(RESERVED, sku, SandboxStore.document().put("quantity", sum.add(quantity)));
    }

    /** What can be sold of {@code sku}; may be negative. */
    BigDecimal salable(String sku) {
        ObjectNode item = store.get(SOURCES, sku + "/" + SOURCE);
        if (item == null
                || item.path("status").asInt() != 1
                || item.path("quantity").decimalValue().signum() <= 0) {
            return BigDecimal.ZERO;
        }
        ObjectNode reserved = store.get(RESERVED, sku);
        return reserved == null
                ? item.path("quantity").decimalValue()
                : item.path("quantity")
                        .decimalValue()
                        .add(reserved.path("quantity").decimalValue());
    }

    /** The rows of the export: products that are assigned to the stock. */
    List<ObjectNode> salable() {
        return products().stream()
                .filter(product -> store.get(SOURCES, skuOf(product) + "/" + SOURCE) != null)
                .map(product -> {
                    BigDecimal units = salable(skuOf(product));
                    return SandboxStore.document()
                            .put("sku", skuOf(product))
                            .put("qty", units)
                            .put("is_salable", units.signum() > 0);
                })
                .toList();
    }

    /** Saves a list of source items: all, or none because of the first that is wrong. */
    void save(JsonNode list) {
        if (list.isEmpty()) {
            throw Refusal.bad("Input data is empty");
        }
        list.forEach(Shelf::check);
        for (JsonNode row : list) {
            hold(
                    row.path("sku").asText(),
                    row.path("source_code").asText(),
                    row.path("quantity").decimalValue(),
                    row.path("status").asInt());
        }
    }

    private static void check(JsonNode row) {
        String sku = row.path("sku").asText();
        if (sku.isBlank()) {
            throw Refusal.bad("Validation Failed: \"sku\" can not be empty.");
        }
        if (!sku.equals(sku.strip())) {
            throw Refusal.bad(
                    "Validation Failed: \"%field\" can not contain leading or trailing spaces.", "field", "sku");
        }
        if (!row.path("quantity").isNumber()) {
            throw Refusal.bad("Validation Failed: \"quantity\" should be numeric.");
        }
        if (!row.path("status").isInt()
                || row.path("status").asInt() < 0
                || row.path("status").asInt() > 1) {
            throw Refusal.bad("Validation Failed: \"%field\" should a known status.", "field", "status");
        }
        if (!row.path("source_code").asText().equals(SOURCE)) {
            throw Refusal.bad("Could not save Source Item");
        }
    }

    private static String skuOf(ObjectNode product) {
        return Objects.requireNonNull(product.get("sku")).asText();
    }
}
