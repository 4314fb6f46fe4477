package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * How does a shopper buy? Cart, items, shipping, payment; a cart holds no stock, and is gone once it is an order. A customer has one
 * cart, {@code mine}, in which an earlier visit's items are still there.
 */
final class Carts {
    private static final String CARTS = "carts";
    private static final String MINE = "mine";

    private final SandboxStore store;
    private final Shelf shelf;
    private final Sources sources;
    private final Orders orders;
    private final Quirks quirks;

    Carts(SandboxStore store, Shelf shelf, Sources sources, Orders orders, Quirks quirks) {
        this.store = store;
        this.shelf = shelf;
        this.sources = sources;
        this.orders = orders;
        this.quirks = quirks;
    }

    String create() {
        long quote = store.next("quote");
        String masked = UUID.nameUUIDFromBytes(("quote " + quote).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        open(masked, quote);
        return masked;
    }

    /** The customer's cart as it was left, or a new one; its number. */
    String mine() {
        ObjectNode cart = store.get(CARTS, MINE);
        if (cart == null || !cart.path("is_active").asBoolean()) {
            open(MINE, store.next("quote"));
            cart = active(MINE);
        }
        return cart.path("id").asText();
    }

    ArrayNode items(String id) {
        return (ArrayNode) active(id).path("items");
    }

    boolean drop(String id, String item) {
        ObjectNode cart = active(id);
        ArrayNode left = SandboxStore.document().putArray("items");
        cart.path("items").forEach(line -> {
            if (!line.path("item_id").asText().equals(item)) {
                left.add(line);
            }
        });
        cart.set("items", left);
        store.put(CARTS, id, cart);
        return true;
    }

    private void open(String id, long quote) {
        ObjectNode cart = SandboxStore.document().put("id", quote).put("is_active", true);
        cart.putArray("items");
        store.put(CARTS, id, cart);
    }

    ObjectNode add(String id, JsonNode line) {
        ObjectNode cart = active(id);
        String sku = line.path("sku").asText();
        ObjectNode product = shelf.product(sku);
        if (product == null || product.path("status").asInt() != 1) {
            throw Refusal.bad("Product that you are trying to add is not available.");
        }
        BigDecimal quantity = line.path("qty").decimalValue();
        if (quantity.signum() <= 0 || sources.salable(sku).compareTo(quantity.add(inCart(cart, sku))) < 0) {
            throw Refusal.bad("The requested qty is not available");
        }
        ObjectNode item = orders.item(product, quantity);
        ((ArrayNode) cart.path("items")).add(item);
        store.put(CARTS, id, cart);
        return SandboxStore.document()
                .put("item_id", item.path("item_id").asLong())
                .put("sku", sku)
                .put("qty", quantity)
                .put("quote_id", cart.path("id").asText());
    }

    ArrayNode shippingMethods(String id) {
        active(id);
        ArrayNode methods = SandboxStore.document().putArray("methods");
        methods.addObject()
                .put("carrier_code", "flatrate")
                .put("method_code", "flatrate")
                .put("amount", 5)
                .put("available", true);
        methods.addObject()
                .put("carrier_code", "freeshipping")
                .put("method_code", "freeshipping")
                .put("amount", 0)
                .put("available", true);
        return methods;
    }

    ObjectNode ship(String id, JsonNode information) {
        ObjectNode cart = active(id);
        JsonNode address = information.path("shipping_address");
        for (String field : new String[] {"firstname", "lastname", "city", "country_id", "telephone"}) {
            if (address.path(field).asText().isBlank()) {
                throw Refusal.bad("\"%fieldName\" is required. Enter and try again.", "fieldName", field);
            }
        }
        cart.set("shipping", information);
        store.put(CARTS, id, cart);
        ObjectNode answer = SandboxStore.document();
        answer.putArray("payment_methods")
                .addObject()
                .put("code", "purchaseorder")
                .put("title", "Purchase Order");
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode item : cart.path("items")) {
            total = total.add(item.path("row_total").decimalValue());
        }
        answer.putObject("totals").put("grand_total", total);
        return answer;
    }

    /** Places the order; a second time the cart is not there. */
    long place(String id, JsonNode body) {
        if (quirks.on(Twist.BACK_PRESSURE) && !id.equals(MINE)) {
            throw Refusal.tooMany();
        }
        ObjectNode cart = active(id);
        String number = checked(cart, body.path("paymentMethod"));
        ArrayNode items = (ArrayNode) cart.path("items");
        ObjectNode order = orders.place(
                items, id.equals(MINE) ? Door.CUSTOMER : body.path("email").asText());
        order.set("quote_id", cart.path("id"));
        order.set("billing_address", body.path("billingAddress"));
        order.putObject("payment")
                .put("method", "purchaseorder")
                .put("po_number", number.substring(0, Math.min(32, number.length())));
        orders.put(order);
        store.put(CARTS, id, cart.put("is_active", false));
        return order.path("entity_id").asLong();
    }

    /** The purchase-order number, of a cart that can be placed. */
    private String checked(ObjectNode cart, JsonNode payment) {
        if (!payment.path("method").asText().equals("purchaseorder")) {
            throw Refusal.bad("The requested Payment Method is not available.");
        }
        String number = payment.path("po_number").asText();
        if (number.isBlank()) {
            throw Refusal.bad("Purchase order number is a required field.");
        }
        if (!cart.has("shipping")) {
            throw Refusal.bad("The shipping address is missing. Set the address and try again.");
        }
        if (cart.path("items").isEmpty()) {
            throw Refusal.bad("Please specify order items.");
        }
        for (JsonNode item : cart.path("items")) {
            String sku = item.path("sku").asText();
            if (sources.salable(sku).compareTo(inCart(cart, sku)) < 0) {
                throw Refusal.bad("Some of the products are out of stock.");
            }
        }
        return number;
    }

    private ObjectNode active(String id) {
        ObjectNode cart = store.get(CARTS, id);
        if (cart == null || !cart.path("is_active").asBoolean()) {
            throw Refusal.missingCart(id);
        }
        return cart;
    }

    private static BigDecimal inCart(ObjectNode cart, String sku) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode item : cart.path("items")) {
            if (item.path("sku").asText().equals(sku)) {
                sum = sum.add(item.path("qty_ordered").decimalValue());
            }
        }
        return sum;
    }
}
