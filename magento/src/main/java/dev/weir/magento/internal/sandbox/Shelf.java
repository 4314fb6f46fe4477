package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What lies on Magento's shelves, at which price, and how does the stock count it? */
final class Shelf {
    private static final String PRODUCTS = "products";

    private final SandboxStore store;
    private final Sources sources;
    private final Clock clock;
    private final Quirks quirks;

    Shelf(SandboxStore store, Sources sources, Clock clock, Quirks quirks) {
        this.quirks = quirks;
        this.store = store;
        this.sources = sources;
        this.clock = clock;
    }

    void add(SandboxProduct product) {
        String sku = product.sku().value();
        if (product(sku) != null) {
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
                .put("type_id", "simple")
                .put("created_at", Orders.time(clock.instant()))
                .put("updated_at", Orders.time(clock.instant()));
        document.putObject("extension_attributes").putArray("website_ids").add(1);
        document.putArray("custom_attributes")
                .addObject()
                .put("attribute_code", "image")
                .put("value", product.imageUrl().toString());
        put(document);
        sources.hold(sku, Sources.DEFAULT, BigDecimal.valueOf(product.onHand()), product.onHand() > 0 ? 1 : 0);
    }

    List<ObjectNode> products() {
        List<ObjectNode> products = store.list(PRODUCTS);
        products.forEach(product ->
                product.withObject("/extension_attributes/stock_item").put("manage_stock", managed()));
        return products;
    }

    @Nullable
    ObjectNode product(String sku) {
        return store.get(PRODUCTS, sku.toLowerCase(Locale.ROOT));
    }

    /** The rows of the export: products that are assigned to the stock. */
    List<ObjectNode> salable() {
        return assigned()
                .map(sku -> {
                    BigDecimal units = sources.salable(sku);
                    return SandboxStore.document()
                            .put("sku", sku)
                            .put("qty", units)
                            .put("is_salable", units.signum() > 0);
                })
                .toList();
    }

    /** The whole index, without reservations. */
    ArrayNode index() {
        ArrayNode rows = SandboxStore.document().putArray("rows");
        assigned()
                .forEach(sku -> rows.addObject()
                        .put("sku", sku)
                        .put("qty", sources.indexed(sku))
                        .put("is_salable", sources.indexed(sku).compareTo(sources.threshold()) > 0));
        return rows;
    }

    /** Sets base prices; what is wrong stands in the answer, beside what was set. */
    ArrayNode prices(JsonNode prices) {
        ArrayNode errors = SandboxStore.document().putArray("errors");
        for (JsonNode price : prices) {
            ObjectNode product = product(price.path("sku").asText());
            if (product == null) {
                errors.addObject()
                        .put("message", "Requested product doesn't exist: %sku")
                        .putArray("parameters")
                        .add(price.path("sku").asText());
            } else if (!price.path("price").isNumber()
                    || price.path("price").decimalValue().signum() < 0) {
                ObjectNode error =
                        errors.addObject().put("message", "Invalid attribute Price = %price. Row ID: SKU = %SKU.");
                error.putArray("parameters").add(price.path("price").asText());
            } else {
                put(product.put("price", price.path("price").decimalValue())
                        .put("updated_at", Orders.time(clock.instant())));
            }
        }
        return errors;
    }

    /** The old stock item of a product: what the default source has. */
    ObjectNode stockItem(String sku) {
        ObjectNode product = product(sku);
        ObjectNode item = sources.item(sku, Sources.DEFAULT);
        if (product == null || item == null) {
            throw Refusal.missing("The product that was requested doesn't exist. Verify the product and try again.");
        }
        return SandboxStore.document()
                .put("item_id", product.path("id").asLong())
                .put("product_id", product.path("id").asLong())
                .put("qty", item.path("quantity").decimalValue())
                .put("min_qty", sources.threshold())
                .put("is_in_stock", item.path("status").asInt() == 1)
                .put("manage_stock", managed());
    }

    long saveStockItem(String sku, JsonNode stockItem) {
        long id = stockItem(sku).path("item_id").asLong();
        sources.hold(
                sku,
                Sources.DEFAULT,
                stockItem.path("qty").decimalValue(),
                stockItem.path("is_in_stock").asBoolean() ? 1 : 0);
        return id;
    }

    private boolean managed() {
        return !quirks.on(Quirks.Twist.UNMANAGED_STOCK);
    }

    private java.util.stream.Stream<String> assigned() {
        return products().stream().map(Shelf::skuOf).filter(sources::counts);
    }

    private void put(ObjectNode product) {
        store.put(PRODUCTS, skuOf(product).toLowerCase(Locale.ROOT), product);
    }

    private static String skuOf(ObjectNode product) {
        return Objects.requireNonNull(product.get("sku")).asText();
    }
}
