package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import java.util.Map;

/**
 * How is an order placed that reserves its units? As a guest does it: cart, items, shipping, payment. The repository call
 * {@code POST /V1/orders} reserves nothing and checks nothing (magento2 issues 26575 and 40313).
 */
final class GuestCart {
    private final MagentoClient client;
    private final String path;

    private GuestCart(MagentoClient client, String path) {
        this.client = client;
        this.path = path;
    }

    /** An empty cart; one that is never used holds nothing and is cleaned up by the shop. */
    static GuestCart create(MagentoClient client) {
        String id = client.repeatable("cartCreate", "/guest-carts", MagentoClient.object())
                .asText();
        return new GuestCart(client, "/guest-carts/" + Search.encode(id));
    }

    void add(OrderLine line) {
        ObjectNode item = MagentoClient.object()
                .put("sku", line.sku().value())
                .put("qty", line.quantity())
                .put("quote_id", path.substring(path.lastIndexOf('/') + 1));
        client.once("cartAdd", path + "/items", MagentoClient.object().set("cartItem", item));
    }

    /** Chooses the cheapest way of shipping that the shop offers there: the buyer has paid already. */
    void ship(ObjectNode address) {
        JsonNode methods = client.repeatable(
                "cartShippingMethods",
                path + "/estimate-shipping-methods",
                MagentoClient.object().set("address", address));
        JsonNode cheapest = null;
        for (JsonNode method : methods) {
            if (method.path("available").asBoolean()
                    && (cheapest == null
                            || method.path("amount")
                                            .decimalValue()
                                            .compareTo(cheapest.path("amount").decimalValue())
                                    < 0)) {
                cheapest = method;
            }
        }
        if (cheapest == null) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "country: " + address.path("country_id").asText() + " (expected: one the shop ships to)");
        }
        ObjectNode information = MagentoClient.object()
                .put("shipping_carrier_code", cheapest.path("carrier_code").asText())
                .put("shipping_method_code", cheapest.path("method_code").asText());
        information.set("shipping_address", address);
        information.set("billing_address", address);
        client.repeatable(
                "cartShipping",
                path + "/shipping-information",
                MagentoClient.object().set("addressInformation", information));
    }

    /** Places the order, marked in the same step; returns its id. */
    String place(String email, String marker, ObjectNode address) {
        ObjectNode body = MagentoClient.object().put("email", email);
        body.putObject("paymentMethod").put("method", "purchaseorder").put("po_number", marker);
        body.set("billingAddress", address);
        return client.once("orderPlace", path + "/payment-information", body).asText();
    }

    /** The request's address as Magento wants it; name and telephone are compulsory there. */
    static ObjectNode address(OrderPush.Request order) {
        Map<String, String> from = order.address();
        String name = from.getOrDefault("name", "Guest").strip();
        int blank = name.lastIndexOf(' ');
        ObjectNode address = MagentoClient.object()
                .put("email", order.email())
                .put("firstname", blank < 0 ? name : name.substring(0, blank))
                .put("lastname", blank < 0 ? name : name.substring(blank + 1))
                .put("city", from.getOrDefault("city", ""))
                .put("postcode", from.getOrDefault("postalCode", ""))
                .put("country_id", from.getOrDefault("country", ""))
                .put("region", from.getOrDefault("region", ""))
                .put("telephone", from.getOrDefault("phone", "000000000"));
        var street = address.putArray("street").add(from.getOrDefault("line1", ""));
        if (!from.getOrDefault("line2", "").isBlank()) {
            street.add(from.get("line2"));
        }
        return address;
    }
}
