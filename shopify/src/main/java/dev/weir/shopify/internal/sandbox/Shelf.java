package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What does the shop have of each inventory item at its one location: available, committed, on hand? */
final class Shelf {
    private static final String ITEMS = "items";
    private static final String BY_SKU = "skus";
    private static final long FIRST = 48_513_488_879_000L;

    private final SandboxStore store;

    Shelf(SandboxStore store) {
        this.store = store;
    }

    /** Puts a product there, unless its SKU is there already. */
    void add(SandboxProduct product) {
        store.locked(() -> {
            if (store.get(BY_SKU, product.sku().value()) == null) {
                long id = FIRST + store.next("item");
                store.put(ITEMS, Long.toString(id), document(product, id));
                store.put(BY_SKU, product.sku().value(), SandboxStore.document().put("item", Long.toString(id)));
            }
            return id(product.sku());
        });
    }

    private static ObjectNode document(SandboxProduct product, long id) {
        return SandboxStore.document()
                .put("item", id)
                .put("variant", id - 4_000_000_000_000L)
                .put("product", id - 40_000_000_000_000L)
                .put("sku", product.sku().value())
                .put("title", product.title())
                .put("price", product.price().amount())
                .put("currency", product.price().currency().getCurrencyCode())
                .put("image", String.valueOf(product.imageUrl()))
                .put("available", product.onHand())
                .put("committed", 0)
                .put("onHand", product.onHand());
    }

    /** Takes units for a shopper: available falls, committed rises, on hand stays. The caller holds the store's lock. */
    ObjectNode sell(Sku sku, int quantity) {
        String id = id(sku);
        ObjectNode item = id == null ? null : item(id);
        if (item == null) {
            throw new IllegalArgumentException("sku: " + sku + " (expected: one of the shop)");
        }
        int available = item.path("available").asInt();
        if (quantity < 1 || quantity > available) {
            throw new IllegalArgumentException(
                    "quantity: " + quantity + " (expected: 1.." + available + ", the units available) for sku " + sku);
        }
        claim(item, quantity);
        return item;
    }

    /** Moves units from available to committed, whatever is left. */
    void claim(ObjectNode item, int quantity) {
        item.put("available", item.path("available").asInt() - quantity);
        item.put("committed", item.path("committed").asInt() + quantity);
        put(item);
    }

    /** Sets what is available; what is on hand moves with it. */
    void set(ObjectNode item, int available) {
        int delta = available - item.path("available").asInt();
        item.put("available", available).put("onHand", item.path("onHand").asInt() + delta);
        put(item);
    }

    @Nullable
    ObjectNode item(String id) {
        return store.get(ITEMS, id);
    }

    @Nullable
    ObjectNode variant(String id) {
        return all().stream()
                .filter(item -> item.path("variant").asText().equals(id))
                .findFirst()
                .orElse(null);
    }

    List<ObjectNode> all() {
        return store.list(ITEMS);
    }

    private @Nullable String id(Sku sku) {
        ObjectNode found = store.get(BY_SKU, sku.value());
        return found == null ? null : found.path("item").asText();
    }

    private void put(ObjectNode item) {
        store.put(ITEMS, item.path("item").asText(), item);
    }
}
