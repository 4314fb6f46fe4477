package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderPush;
import java.util.Map;

/** How is one of our orders written as Shopify's {@code OrderCreateOrderInput}? */
final class OrderInput {
    private static final String DISCOUNT = "CHANNEL";

    private OrderInput() {}

    static ObjectNode of(OrderPush.Request order) {
        ObjectNode input = ShopifyClient.JSON
                .createObjectNode()
                .put("currency", order.total().currency().getCurrencyCode())
                .put("sourceName", Ours.SOURCE)
                .put("sourceIdentifier", order.key());
        if (!order.email().isBlank()) {
            input.put("email", order.email());
        }
        input.putArray("tags").add(Ours.TAG);
        attributes(input.putArray("customAttributes"), order);
        Money lines = lines(input.putArray("lineItems"), order);
        rest(input, order.total().minus(lines));
        address(input, order.address());
        ObjectNode payment = input.putArray("transactions")
                .addObject()
                .put("kind", "SALE")
                .put("status", "SUCCESS")
                .put("gateway", Ours.SOURCE);
        if (order.paymentReference() != null) {
            payment.put("authorizationCode", order.paymentReference());
        }
        money(payment, "amountSet", order.total());
        return input;
    }

    private static void attributes(ArrayNode attributes, OrderPush.Request order) {
        attributes.addObject().put("key", "weir_order").put("value", order.key());
        order.notes()
                .forEach((name, value) ->
                        attributes.addObject().put("key", "weir_" + name).put("value", value));
    }

    private static Money lines(ArrayNode items, OrderPush.Request order) {
        Money sum = Money.zero(order.total().currency());
        for (OrderPush.Line line : order.lines()) {
            ObjectNode item = items.addObject()
                    .put("variantId", Gid.of("ProductVariant", line.listing().externalId(), Fault.REJECTED))
                    .put("quantity", line.line().quantity())
                    .put("requiresShipping", true);
            money(item, "priceSet", line.line().unitPrice());
            sum = sum.plus(line.line().amount());
        }
        return sum;
    }

    /** What the buyer paid beyond the lines is shipping; what a channel gave off the whole order is a discount. */
    private static void rest(ObjectNode input, Money rest) {
        if (rest.minor() < 0) {
            ObjectNode discount = input.putObject("discountCode")
                    .putObject("itemFixedDiscountCode")
                    .put("code", DISCOUNT);
            money(discount, "amountSet", rest.negated());
        }
        if (rest.minor() > 0) {
            money(input.putArray("shippingLines").addObject().put("title", "Shipping"), "priceSet", rest);
        }
    }

    private static void address(ObjectNode input, Map<String, String> address) {
        String name = address.getOrDefault("name", "").strip();
        if (name.isEmpty()) {
            return;
        }
        int blank = name.lastIndexOf(' ');
        ObjectNode to = input.putObject("shippingAddress").put("lastName", name.substring(blank + 1));
        if (blank > 0) {
            to.put("firstName", name.substring(0, blank));
        }
        Map<String, String> names = Map.of(
                "line1",
                "address1",
                "line2",
                "address2",
                "city",
                "city",
                "postalCode",
                "zip",
                "country",
                "countryCode");
        names.forEach((ours, theirs) -> {
            String value = address.get(ours);
            if (value != null && !value.isBlank()) {
                to.put(theirs, value);
            }
        });
        // One that the channel masks is no number, and the shop refuses the whole order for it.
        String phone = address.getOrDefault("phone", "");
        if (!phone.isBlank() && !phone.contains("*")) {
            to.put("phone", phone.replaceAll("[^+0-9]", ""));
        }
    }

    private static void money(ObjectNode holder, String name, Money amount) {
        holder.putObject(name)
                .putObject("shopMoney")
                .put("amount", amount.amount())
                .put("currencyCode", amount.currency().getCurrencyCode());
    }
}
