package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import java.math.BigDecimal;

/**
 * How is an order placed that reserves its units? As a shopper does it: cart, items, shipping, payment; as a guest, or as a customer of
 * the shop's (guests of one address may be throttled). The repository call {@code POST /V1/orders} reserves nothing and checks nothing
 * (magento2 issues 26575 and 40313).
 */
final class Cart {
    private final MagentoClient client;
    private final String path;
    private final String quote;

    private Cart(MagentoClient client, String path, String quote) {
        this.client = client;
        this.path = path;
        this.quote = quote;
    }

    /** Whether orders are placed in a customer's cart; then they are that customer's orders. */
    static boolean isCustomers(Connection connection) {
        return connection.setting("cart", "guest").equals("customer");
    }

    /** An empty cart; one that is never used holds nothing and is cleaned up by the shop. */
    static Cart open(MagentoClient client) {
        return isCustomers(client.connection()) ? customers(client) : guests(client);
    }

    /** The customer's token may have lapsed earlier than the hub thinks: then it is logged in once more. */
    private static Cart customers(MagentoClient client) {
        Logins logins = new Logins(client);
        boolean known = client.memory().recall(Logins.CUSTOMER, String.class) != null;
        try {
            return emptied(client.as(logins.customer()));
        } catch (ChannelException e) {
            if (e.fault() != Fault.UNAUTHORISED || !known) {
                throw e;
            }
            client.memory().forget(Logins.CUSTOMER);
            return emptied(client.as(logins.customer()));
        }
    }

    private static Cart guests(MagentoClient client) {
        String id = client.repeatable("cartCreate", "/guest-carts", MagentoClient.object())
                .asText();
        return new Cart(client, "/guest-carts/" + Search.encode(id), id);
    }

    /** A customer has one cart: what an earlier try left in it goes out first. */
    private static Cart emptied(MagentoClient client) {
        String id = client.repeatable("myCartCreate", "/carts/mine", MagentoClient.object())
                .asText();
        for (JsonNode item : client.get("myCartItems", "/carts/mine/items")) {
            client.overwrite(
                    "myCartDrop", "/carts/mine/items/" + item.path("item_id").asText(), null);
        }
        return new Cart(client, "/carts/mine", id);
    }

    void add(Sku sku, int quantity) {
        ObjectNode item = MagentoClient.object()
                .put("sku", sku.value())
                .put("qty", quantity)
                .put("quote_id", quote);
        client.once("cartAdd", path + "/items", MagentoClient.object().set("cartItem", item));
    }

    /** Chooses the way of shipping that the connection names, else the cheapest that the shop offers there; returns the cart's total. */
    JsonNode ship(ObjectNode address) {
        JsonNode methods = client.repeatable(
                "cartShippingMethods",
                path + "/estimate-shipping-methods",
                MagentoClient.object().set("address", address));
        JsonNode method = chosen(methods, address);
        ObjectNode information = MagentoClient.object()
                .put("shipping_carrier_code", method.path("carrier_code").asText())
                .put("shipping_method_code", method.path("method_code").asText());
        information.set("shipping_address", address);
        information.set("billing_address", address);
        return client.repeatable(
                        "cartShipping",
                        path + "/shipping-information",
                        MagentoClient.object().set("addressInformation", information))
                .path("totals")
                .path("grand_total");
    }

    private JsonNode chosen(JsonNode methods, ObjectNode address) {
        String wanted = client.connection().setting("shippingMethod", "");
        JsonNode best = null;
        for (JsonNode method : methods) {
            String name = method.path("carrier_code").asText() + "_"
                    + method.path("method_code").asText();
            if (method.path("available").asBoolean() && (wanted.isBlank() || wanted.equals(name))) {
                best = best == null || amount(method).compareTo(amount(best)) < 0 ? method : best;
            }
        }
        if (best == null) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "country: " + address.path("country_id").asText() + " (expected: one the shop ships to"
                            + (wanted.isBlank() ? "" : " by " + wanted) + ")");
        }
        return best;
    }

    private static BigDecimal amount(JsonNode method) {
        return method.path("amount").decimalValue();
    }

    /** Places the order, marked in the same step; returns its id. */
    String place(String email, String marker, ObjectNode address) {
        ObjectNode body = MagentoClient.object();
        if (!isCustomers(client.connection())) {
            body.put("email", email);
        }
        ObjectNode payment =
                body.putObject("paymentMethod").put("method", "purchaseorder").put("po_number", marker);
        String agreements = client.connection().setting("agreementIds", "");
        if (!agreements.isBlank()) {
            ArrayNode ids = payment.putObject("extension_attributes").putArray("agreement_ids");
            for (String id : agreements.split(",", -1)) {
                ids.add(id.strip());
            }
        }
        body.set("billingAddress", address);
        return client.once("orderPlace", path + "/payment-information", body).asText();
    }
}
