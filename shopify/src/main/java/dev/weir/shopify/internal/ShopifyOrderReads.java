package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Which orders does the shop have, as it states them now? Of the orders that the hub pushed there the poll tells those alone that the shop
 * called off.
 */
public final class ShopifyOrderReads implements OrderPoll {
    private static final int MOST = 100;
    private static final String FIELDS = """
            fragment Fields on Order {
              id name sourceName sourceIdentifier tags email createdAt updatedAt cancelledAt
              displayFinancialStatus currencyCode
              totalPriceSet { shopMoney { amount currencyCode } }
              customAttributes { key value }
            }
            fragment Lines on LineItemConnection {
              nodes { id sku quantity currentQuantity originalUnitPriceSet { shopMoney { amount currencyCode } } }
              pageInfo { hasNextPage endCursor }
            }""";
    /** 10 orders of up to 20 lines cost about 750 of the 1,000 points that one query may ask for. */
    private static final Operation CHANGED = new Operation("OrdersChanged", Lane.ORDER, 750, """
            query OrdersChanged($query: String!, $after: String) {
              orders(first: 10, after: $after, sortKey: UPDATED_AT, query: $query) {
                nodes { ...Fields lineItems(first: 20) { ...Lines } }
                pageInfo { hasNextPage endCursor }
              }
            }
            """ + FIELDS);

    private static final Operation ONE = new Operation("OrderRead", Lane.ORDER, 760, """
            query OrderRead($id: ID!, $after: String) {
              order(id: $id) { ...Fields lineItems(first: 250, after: $after) { ...Lines } }
            }
            """ + FIELDS);

    private final ShopifyClient client;
    private final Mappings mappings;

    /** The orders of one shop. */
    public ShopifyOrderReads(ShopifyClient client, Mappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    @Override
    public List<Order> changedSince(Instant since) {
        ObjectNode variables = ShopifyClient.variables()
                .put(
                        "query",
                        "updated_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "' AND (tag_not:" + Ours.TAG
                                + " OR status:cancelled)");
        List<Order> changed = new ArrayList<>();
        boolean more = true;
        while (more && changed.size() < MOST) {
            JsonNode page = client.repeatable(CHANGED, variables).path("orders");
            for (JsonNode order : page.path("nodes")) {
                boolean isMeant = !Ours.isOurs(order) || order.hasNonNull("cancelledAt");
                if (isMeant && changed.size() < MOST && hasSku(order)) {
                    changed.add(stated(order));
                }
            }
            more = page.path("pageInfo").path("hasNextPage").asBoolean();
            variables.put("after", page.path("pageInfo").path("endCursor").asText());
        }
        return changed;
    }

    Order fetch(String externalId) {
        String id = Gid.of("Order", externalId, Fault.NOT_FOUND);
        return map(whole(id));
    }

    private Order stated(JsonNode order) {
        boolean partial =
                order.path("lineItems").path("pageInfo").path("hasNextPage").asBoolean();
        return map(partial ? whole(order.path("id").asText()) : order);
    }

    /** The order with all of its lines, however many pages they take. */
    private JsonNode whole(String id) {
        ObjectNode variables = ShopifyClient.variables().put("id", id);
        JsonNode first = page(id, variables);
        ArrayNode lines = (ArrayNode) first.path("lineItems").path("nodes");
        JsonNode info = first.path("lineItems").path("pageInfo");
        while (info.path("hasNextPage").asBoolean()) {
            variables.put("after", info.path("endCursor").asText());
            JsonNode next = page(id, variables).path("lineItems");
            next.path("nodes").forEach(lines::add);
            info = next.path("pageInfo");
        }
        return first;
    }

    private JsonNode page(String id, ObjectNode variables) {
        JsonNode order = client.repeatable(ONE, variables).path("order");
        if (!order.isObject()) {
            throw new ChannelException(Fault.NOT_FOUND, id + ": the shop has no such order");
        }
        return order;
    }

    private static boolean hasSku(JsonNode order) {
        for (JsonNode line : order.path("lineItems").path("nodes")) {
            if (!line.path("sku").asText("").isBlank()) {
                return true;
            }
        }
        return order.path("lineItems").path("pageInfo").path("hasNextPage").asBoolean();
    }

    private Order map(JsonNode order) {
        Order stated = Canonical.order(mappings.apply("shopify", "order", order));
        if (!Ours.isOurs(order)) {
            return stated;
        }
        Order marked = Ours.marked(stated, order);
        String gone = gone(order);
        return gone.isEmpty() || order.hasNonNull("cancelledAt")
                ? marked
                : marked.with(Order.CALLED_OFF_PART, "no longer in the order: " + gone);
    }

    /** What is not in the order any more, in words. */
    private static String gone(JsonNode order) {
        List<String> gone = new ArrayList<>();
        for (JsonNode line : order.path("lineItems").path("nodes")) {
            int units =
                    line.path("quantity").asInt() - line.path("currentQuantity").asInt();
            if (line.has("currentQuantity") && units > 0) {
                gone.add(units + " x " + line.path("sku").asText());
            }
        }
        return String.join(", ", gone);
    }
}
