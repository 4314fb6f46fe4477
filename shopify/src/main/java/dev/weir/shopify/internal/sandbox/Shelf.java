package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxProduct;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What does the shop have of each inventory item at its one location: available, committed, reserved, on hand? Products that
 * share the title before its last comma are variants of one: "Red tee, M" is the variant M of "Red tee".
 */
final class Shelf {
    private static final String ITEMS = "items";
    private static final String BY_SKU = "skus";
    private static final String PRODUCTS = "products";
    private static final String BY_TITLE = "titles";
    private static final long FIRST = 48_513_488_879_000L;
    private static final long VARIANT = 4_000_000_000_000L;
    private static final long PRODUCT = 40_000_000_000_000L;

    private final SandboxStore store;
    private final Clock clock;
    private Consumer<ObjectNode> changed = item -> {};

    Shelf(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Who hears of items whose level or price changed. */
    void onChange(Consumer<ObjectNode> listener) {
        changed = listener;
    }

    /** Puts a product there, unless its SKU is there already. */
    void add(SandboxProduct product) {
        store.locked(() -> {
            if (store.get(BY_SKU, product.sku().value()) == null) {
                long id = FIRST + store.next("item");
                ObjectNode item = document(product, id);
                store.put(ITEMS, Long.toString(id), item);
                store.put(BY_SKU, product.sku().value(), SandboxStore.document().put("item", Long.toString(id)));
                touch(item, true);
            }
            return id(product.sku());
        });
    }

    private ObjectNode document(SandboxProduct product, long id) {
        int comma = product.title().lastIndexOf(", ");
        String title = comma < 0 ? product.title() : product.title().substring(0, comma);
        return SandboxStore.document()
                .put("item", id)
                .put("variant", id - VARIANT)
                .put("product", comma < 0 ? id - PRODUCT : productOf(title, id))
                .put("sku", product.sku().value())
                .put("title", product.title())
                .put("productTitle", title)
                .put(
                        "variantTitle",
                        comma < 0 ? "Default Title" : product.title().substring(comma + 2))
                .put("price", product.price().amount())
                .put("currency", product.price().currency().getCurrencyCode())
                .put("image", String.valueOf(product.imageUrl()))
                .put("available", product.onHand())
                .put("committed", 0)
                .put("reserved", 0)
                .put("onHand", product.onHand());
    }

    private long productOf(String title, long id) {
        ObjectNode known = store.get(BY_TITLE, title);
        if (known == null) {
            known = SandboxStore.document().put("product", id - PRODUCT);
            store.put(BY_TITLE, title, known);
        }
        return known.path("product").asLong();
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
        move(item, "available", "committed", quantity);
    }

    /** Moves units between two states; what is on hand stays. */
    void move(ObjectNode item, String from, String to, int quantity) {
        item.put(from, quantity(item, from) - quantity);
        item.put(to, quantity(item, to) + quantity);
        put(item);
    }

    /** Another app takes one unit of the item, if there is one. */
    void take(String id) {
        ObjectNode item = item(id);
        if (item != null && quantity(item, "available") > 0) {
            set(item, quantity(item, "available") - 1);
        }
    }

    /** Sets what is available; what is on hand moves with it. */
    void set(ObjectNode item, int available) {
        int delta = available - item.path("available").asInt();
        item.put("available", available).put("onHand", item.path("onHand").asInt() + delta);
        put(item);
    }

    void price(ObjectNode item, String price) {
        put(item.put("price", price));
    }

    /** How many units of the item are in state {@code name}. */
    int quantity(ObjectNode item, String name) {
        return item.path(name.equals("on_hand") ? "onHand" : name).asInt();
    }

    @Nullable
    ObjectNode item(String id) {
        return store.get(ITEMS, id);
    }

    @Nullable
    ObjectNode variant(String id) {
        return item(Long.toString(Long.parseLong(id) + VARIANT));
    }

    @Nullable
    ObjectNode bySku(String sku) {
        ObjectNode found = store.get(BY_SKU, sku);
        return found == null ? null : item(found.path("item").asText());
    }

    List<ObjectNode> all() {
        return store.list(ITEMS);
    }

    /** How many variants there are. */
    long count() {
        ObjectNode items = store.get("sequences", "item");
        return items == null ? 0 : items.path("value").asLong();
    }

    /** The currency of the first product, EUR before there is one. */
    String currency() {
        ObjectNode first = item(Long.toString(FIRST + 1));
        return first == null ? "EUR" : first.path("currency").asText();
    }

    /** Products with their items' ids, in the order of their making. */
    List<ObjectNode> products() {
        return store.list(PRODUCTS);
    }

    @Nullable
    ObjectNode product(String id) {
        return store.get(PRODUCTS, id);
    }

    private @Nullable String id(Sku sku) {
        ObjectNode found = store.get(BY_SKU, sku.value());
        return found == null ? null : found.path("item").asText();
    }

    private void put(ObjectNode item) {
        store.put(ITEMS, item.path("item").asText(), item);
        touch(item, false);
        changed.accept(item);
    }

    /** A change of any variant, even of its stock, touches the product. */
    private void touch(ObjectNode item, boolean isNew) {
        String id = item.path("product").asText();
        ObjectNode product = store.get(PRODUCTS, id);
        if (product == null) {
            product = SandboxStore.document()
                    .put("id", id)
                    .put("title", item.path("productTitle").asText());
            product.putArray("items");
        }
        if (isNew) {
            product.withArray("items").add(item.path("item").asText());
        }
        store.put(PRODUCTS, id, product.put("updatedAt", clock.instant().toString()));
    }
}
