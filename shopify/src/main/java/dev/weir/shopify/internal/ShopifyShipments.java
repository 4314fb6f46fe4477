package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Waits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How does the shop hear that goods have left? {@code fulfillmentCreate} of what is open in the order's fulfilment orders.
 *
 * <p>Once: it knows no idempotency key, so a fulfilment with the same tracking number is the same shipment. One of some lines
 * without a number leaves a tag at the order. After a lost answer the shop's fulfilments are compared with those before.
 */
public final class ShopifyShipments implements Fulfilment {
    private static final Duration LOOK_PAUSE = Duration.ofMillis(500);
    private static final int LOOKS = 3;

    /** The payload's errors have no code: asking for one fails the call. */
    private static final Operation CREATE = new Operation("FulfilmentCreate", Lane.ORDER, 10, """
            mutation FulfilmentCreate($fulfillment: FulfillmentInput!) {
              fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
            }""");

    private static final Operation TAG = new Operation("FulfilmentTag", Lane.ORDER, 10, """
            mutation FulfilmentTag($id: ID!, $tags: [String!]!) {
              tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
            }""");

    private final ShopifyClient client;
    private final Connection connection;
    private final ShopifyPushed pushed;

    /** Shipments of one shop; {@code pushed} remembers those of this process, whose echoes are no news. */
    public ShopifyShipments(ShopifyClient client, Connection connection, ShopifyPushed pushed) {
        this.client = client;
        this.connection = connection;
        this.pushed = pushed;
    }

    @Override
    public String ship(String orderExternalId, Shipment shipment) {
        return pushed.once(
                connection.id(),
                Ours.shipmentKey(orderExternalId, shipment.externalId()),
                () -> shipAtShop(orderExternalId, shipment));
    }

    private String shipAtShop(String orderExternalId, Shipment shipment) {
        OpenOrder order = OpenOrder.read(client, orderExternalId);
        String tag = Ours.shipmentTag(shipment.externalId());
        String done = order.found(shipment, tag);
        if (done != null) {
            return done;
        }
        if (shipment.lines().isEmpty() && order.isAllGone()) {
            return order.lastFulfilment();
        }
        ObjectNode fulfilment = input(order, shipment);
        String id = create(order, fulfilment, orderExternalId);
        if (shipment.tracking() == null && !shipment.lines().isEmpty()) {
            ObjectNode variables = ShopifyClient.variables().put("id", order.id());
            variables.putArray("tags").add(tag + Gid.number(id));
            client.repeatable(TAG, variables);
        }
        pushed.remember(connection.id(), Ours.fulfilmentKey(id), id);
        return id;
    }

    private String create(OpenOrder before, ObjectNode fulfilment, String orderExternalId) {
        JsonNode payload;
        ObjectNode variables = ShopifyClient.variables();
        variables.set("fulfillment", fulfilment);
        try {
            payload = client.once(CREATE, variables).path("fulfillmentCreate");
        } catch (ChannelException e) {
            String made = e.fault() == Fault.OUTCOME_UNKNOWN ? lookAgain(before, orderExternalId) : null;
            if (made == null) {
                throw e;
            }
            return made;
        }
        List<UserError> errors = UserError.of(payload, "userErrors");
        if (!errors.isEmpty()) {
            throw errors.getFirst().as(Fault.REJECTED, "FulfilmentCreate");
        }
        return Gid.number(payload.path("fulfillment").path("id").asText());
    }

    private @Nullable String lookAgain(OpenOrder before, String orderExternalId) {
        return Waits.REAL.look(
                LOOKS,
                LOOK_PAUSE,
                before.id(),
                () -> OpenOrder.read(client, orderExternalId).newSince(before));
    }

    private static ObjectNode input(OpenOrder order, Shipment shipment) {
        ObjectNode fulfilment = ShopifyClient.variables().put("notifyCustomer", false);
        fulfilment.set("lineItemsByFulfillmentOrder", order.take(shipment.lines()));
        if (shipment.carrier() != null || shipment.tracking() != null || shipment.link() != null) {
            ObjectNode tracking = fulfilment.putObject("trackingInfo");
            put(tracking, "company", shipment.carrier());
            put(tracking, "number", shipment.tracking());
            put(
                    tracking,
                    "url",
                    shipment.link() == null ? null : shipment.link().toString());
        }
        return fulfilment;
    }

    private static void put(ObjectNode holder, String name, @Nullable String value) {
        if (value != null) {
            holder.put(name, value);
        }
    }
}
