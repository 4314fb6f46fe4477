package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderRefund;
import dev.weir.connectors.http.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How is a refund that the hub gave noted at the shop? {@code refundCreate} without transactions moves no money there; amount,
 * reason and our key stand in its note. Units are not restocked: the hub publishes the higher number itself.
 *
 * <p>Once: the refund is looked up by its note first, and {@code @idempotent} answers a repeat that was not to be seen yet. A
 * key that Shopify spent on a failure is followed by another, 3 in all.
 */
public final class ShopifyRefunds implements OrderRefund {
    private static final int KEYS = 3;
    private static final int MOST = 250;

    private static final Operation ORDER = new Operation("RefundOrder", Lane.ORDER, 503, """
            query RefundOrder($id: ID!) {
              order(id: $id) {
                id totalPriceSet { shopMoney { amount currencyCode } }
                refunds(first: 250) { id note }
                lineItems(first: 250) { nodes { id sku refundableQuantity } pageInfo { hasNextPage } }
              }
            }""");

    /** The payload's errors have no code: asking for one fails the call. */
    private static final Operation CREATE = new Operation("RefundCreate", Lane.ORDER, 33, """
            mutation RefundCreate($input: RefundInput!, $key: String!) {
              refundCreate(input: $input) @idempotent(key: $key) {
                refund { id }
                userErrors { field message }
              }
            }""");

    private final ShopifyClient client;
    private final Connection connection;

    /** Refunds of one shop. */
    public ShopifyRefunds(ShopifyClient client, Connection connection) {
        this.client = client;
        this.connection = connection;
    }

    @Override
    public String refund(Request request) {
        String id = Gid.of("Order", request.orderExternalId(), Fault.NOT_FOUND);
        JsonNode order = client.repeatable(ORDER, ShopifyClient.variables().put("id", id))
                .path("order");
        if (!order.isObject()) {
            throw new ChannelException(Fault.NOT_FOUND, id + ": the shop has no such order");
        }
        String made = find(order, request.key());
        return made == null ? create(order, request) : made;
    }

    private static @Nullable String find(JsonNode order, String key) {
        for (JsonNode refund : order.path("refunds")) {
            if (Ours.isRefund(refund.path("note").asText(""), key)) {
                return Gid.number(refund.path("id").asText());
            }
        }
        if (order.path("refunds").size() >= MOST) {
            throw new ChannelException(
                    Fault.REJECTED, order.path("id").asText() + ": " + MOST + " refunds or more, ours cannot be told");
        }
        return null;
    }

    /** Shopify moves no money here, so it would not see that more is given back than was paid. */
    private static void bound(JsonNode order, Request request) {
        JsonNode total = order.path("totalPriceSet").path("shopMoney");
        Money paid = Money.of(
                total.path("amount").asText("0"), total.path("currencyCode").asText());
        if (!paid.currency().equals(request.amount().currency())
                || request.amount().minor() > paid.minor()) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "amount: " + request.amount() + " (expected: at most " + paid + ", what the order cost)");
        }
    }

    private String create(JsonNode order, Request request) {
        bound(order, request);
        ObjectNode input = input(order, request);
        for (int generation = 1; ; generation++) {
            ObjectNode variables =
                    ShopifyClient.variables().put("key", Keys.of(connection, "refund " + request.key(), generation));
            variables.set("input", input);
            JsonNode payload = client.repeatable(CREATE, variables).path("refundCreate");
            List<UserError> errors = UserError.of(payload, "userErrors");
            if (errors.isEmpty()) {
                return Gid.number(payload.path("refund").path("id").asText());
            }
            if (generation == KEYS || !errors.getFirst().spentKey()) {
                throw errors.getFirst().as(Fault.REJECTED, "RefundCreate");
            }
        }
    }

    private static ObjectNode input(JsonNode order, Request request) {
        ObjectNode input = ShopifyClient.variables()
                .put("orderId", order.path("id").asText())
                .put("note", Ours.refundNote(request))
                .put("notify", false)
                .put("currency", request.amount().currency().getCurrencyCode());
        ArrayNode lines = input.putArray("refundLineItems");
        for (OrderLine line : request.restocked()) {
            lines.addObject()
                    .put("lineItemId", lineOf(order, line))
                    .put("quantity", line.quantity())
                    .put("restockType", "NO_RESTOCK");
        }
        return input;
    }

    /** By the shop's id where the line has it, else by SKU: orders that we pushed carry our lines. */
    private static String lineOf(JsonNode order, OrderLine wanted) {
        String bySku = null;
        for (JsonNode line : order.path("lineItems").path("nodes")) {
            String id = line.path("id").asText();
            if (wanted.externalIds().contains(Gid.number(id))) {
                return id;
            }
            if (line.path("sku").asText().equals(wanted.sku().value())
                    && line.path("refundableQuantity").asInt() >= wanted.quantity()) {
                bySku = bySku == null ? id : bySku;
            }
        }
        if (bySku == null) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "sku: " + wanted.sku() + " (expected: " + wanted.quantity() + " refundable units of it in "
                            + order.path("id").asText() + ")");
        }
        return bySku;
    }
}
