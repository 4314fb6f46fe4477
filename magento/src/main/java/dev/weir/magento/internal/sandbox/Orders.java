package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Which orders does the shop have? Placing reserves, cancelling gives back; an import does neither. */
final class Orders {
    private static final String ORDERS = "orders";
    private static final int LATE_SECONDS = 90;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SandboxStore store;
    private final Sources sources;
    private final Clock clock;
    private final Quirks quirks;

    Orders(SandboxStore store, Sources sources, Clock clock, Quirks quirks) {
        this.store = store;
        this.sources = sources;
        this.clock = clock;
        this.quirks = quirks;
    }

    List<ObjectNode> all() {
        return store.list(ORDERS);
    }

    ObjectNode get(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null) {
            throw Refusal.missing();
        }
        return order;
    }

    /** A paid order of one product, as the storefront places it. */
    ObjectNode ofShopper(ObjectNode product, int quantity) {
        ArrayNode items = SandboxStore.document().putArray("items");
        items.add(item(product, BigDecimal.valueOf(quantity)));
        ObjectNode order = place(items, "shopper@example.com");
        order.put("state", "processing").put("status", "processing");
        paid(order);
        order.putObject("payment").put("method", "braintree");
        store.put(ORDERS, order.path("entity_id").asText(), order);
        return order;
    }

    /** Places the items of a cart: state new, units reserved. */
    ObjectNode place(ArrayNode items, String email) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode item : items) {
            sources.take(item.path("sku").asText(), item.path("qty_ordered").decimalValue());
            total = total.add(item.path("row_total").decimalValue());
        }
        ObjectNode order = blank(email).put("state", "new").put("status", "pending");
        order.put("grand_total", total).put("base_grand_total", total).put("subtotal", total);
        order.put("shipping_amount", 0).put("total_due", total);
        order.set("items", items);
        store.put(ORDERS, order.path("entity_id").asText(), order);
        return order;
    }

    /** All of it is invoiced and paid. */
    static void paid(ObjectNode order) {
        order.set("total_paid", order.path("grand_total"));
        order.put("total_due", 0);
        for (JsonNode item : order.path("items")) {
            BigDecimal rest = item.path("qty_ordered")
                    .decimalValue()
                    .subtract(item.path("qty_canceled").decimalValue());
            ((ObjectNode) item).put("qty_invoiced", rest);
        }
    }

    /** Keeps a change that moves the order's time. */
    void touch(ObjectNode order) {
        put(order.put("updated_at", now()));
    }

    void put(ObjectNode order) {
        store.put(ORDERS, order.path("entity_id").asText(), order);
    }

    /** The repository call that imports history: no totals, no stock, no reservation. */
    ObjectNode imported(JsonNode entity) {
        if (quirks.on(Twist.HOLLOW_REFUSED) && entity.path("billing_address").isEmpty()) {
            throw Refusal.bad("Please provide billing address for the order.");
        }
        if (quirks.on(Twist.HOLLOW_REFUSED) && entity.path("items").isEmpty()) {
            throw Refusal.bad("Please specify order items.");
        }
        ObjectNode order = blank(entity.path("customer_email").asText());
        order.setAll((ObjectNode) entity);
        put(order);
        return order;
    }

    boolean cancel(String id) {
        ObjectNode order = get(id);
        if (!order.path("state").asText().equals("new")) {
            return false;
        }
        for (JsonNode item : order.path("items")) {
            sources.take(
                    item.path("sku").asText(),
                    item.path("qty_ordered").decimalValue().negate());
            ((ObjectNode) item).set("qty_canceled", item.path("qty_ordered"));
        }
        order.put("state", "canceled").put("status", "canceled").put("updated_at", now());
        put(order);
        return true;
    }

    int cancellations(String id) {
        return get(id).path("state").asText().equals("canceled") ? 1 : 0;
    }

    boolean comment(String id, JsonNode history) {
        ObjectNode order = get(id);
        ArrayNode entries = (ArrayNode) order.path("status_histories");
        entries.addObject()
                .put("comment", history.path("comment").asText())
                .put("is_visible_on_front", history.path("is_visible_on_front").asInt())
                .put("created_at", now());
        put(order);
        return true;
    }

    /** One row of an order or a cart. */
    ObjectNode item(ObjectNode product, BigDecimal quantity) {
        BigDecimal price = product.path("price").decimalValue();
        ObjectNode item = SandboxStore.document()
                .put("item_id", store.next("item"))
                .put("product_type", "simple")
                .put("sku", product.path("sku").asText())
                .put("name", product.path("name").asText())
                .put("qty_ordered", quantity)
                .put("qty_canceled", 0)
                .put("qty_invoiced", 0)
                .put("qty_shipped", 0)
                .put("qty_refunded", 0)
                .put("tax_amount", 0)
                .put("discount_amount", 0)
                .put("price", price)
                .put("price_incl_tax", price);
        return item.put("row_total", price.multiply(quantity));
    }

    private ObjectNode blank(String email) {
        long id = store.next("order");
        ObjectNode order = SandboxStore.document()
                .put("entity_id", id)
                .put("increment_id", "%09d".formatted(id))
                .put("store_id", 1)
                .put("created_at", committed())
                .put("updated_at", committed())
                .put("total_refunded", 0)
                .put("customer_email", email)
                .put("customer_is_guest", 1)
                .put("order_currency_code", "EUR")
                .put("base_currency_code", "EUR");
        order.putArray("status_histories");
        return order;
    }

    private String committed() {
        return time(clock.instant().minusSeconds(quirks.on(Twist.LATE_ROWS) ? LATE_SECONDS : 0));
    }

    private String now() {
        return time(clock.instant());
    }

    static String time(Instant instant) {
        return UTC.format(instant);
    }
}
