package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What does BigCommerce push? The kind of event and an id; the rest is read from the store as it stands now, so that late, repeated
 * and reordered deliveries all end at the same. One client secret may sign for many stores: the one that the body names must be the
 * connection's.
 */
public final class BigCommerceWebhooks implements OrderWebhook {
    private final Connection connection;
    private final BigCommerceOrders orders;
    private final BigCommerceRefunds refunds;

    /** The deliveries of one store. */
    public BigCommerceWebhooks(Connection connection, BigCommerceOrders orders, BigCommerceRefunds refunds) {
        this.connection = connection;
        this.orders = orders;
        this.refunds = refunds;
    }

    /** Refuses settings that no delivery could be checked by. */
    static void checkSettings(Connection connection) {
        Proof.key(connection);
        new Proof(connection);
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        Proof proof = new Proof(connection);
        String missing = proof.missing(webhook);
        if (missing != null) {
            return new WebhookVerdict.Forged(missing);
        }
        JsonNode body = parsed(webhook);
        String producer = body.path("producer").asText("");
        if (!producer.isEmpty() && !producer.equals("stores/" + BigCommerceClient.storeHash(connection))) {
            return new WebhookVerdict.Forged("the delivery is of another store");
        }
        String id = proof.id(webhook);
        String delivery = id == null ? hash(body, webhook) : id;
        String about = body.path("data").path("id").asText("");
        return new WebhookVerdict.Authentic(
                delivery, body.path("scope").asText("unknown"), about.isEmpty() ? delivery : about);
    }

    /** BigCommerce gives both deliveries of one event the same hash. */
    private static String hash(JsonNode body, RawWebhook webhook) {
        String hash = body.path("hash").asText("");
        return hash.isEmpty() ? UUID.nameUUIDFromBytes(webhook.body()).toString() : hash;
    }

    private static JsonNode parsed(RawWebhook webhook) {
        try {
            return BigCommerceClient.JSON.readTree(webhook.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public List<ChannelEvent> read(RawWebhook webhook) {
        JsonNode body = parsed(webhook);
        String scope = body.path("scope").asText("");
        if (scope.isEmpty()) {
            throw new ChannelException(Fault.REJECTED, "scope: missing (expected: an event's name) in a webhook");
        }
        JsonNode data = body.path("data");
        return List.of(
                switch (scope) {
                    case "store/order/created", "store/order/updated", "store/order/statusUpdated" ->
                        order(required(data.path("id"), scope, "id"));
                    case "store/order/refund/created" ->
                        new ChannelEvent.RefundStated(refunds.read(
                                required(data.path("id"), scope, "id"),
                                required(data.path("refund").path("refund_id"), scope, "refund.refund_id")));
                    default -> new ChannelEvent.Ignored(scope + " is of no consequence");
                });
    }

    /** {@code created} comes for every checkout that reaches its payment, also for those that end there. */
    private ChannelEvent order(String id) {
        Optional<Order> order = orders.stated(id);
        return order.isPresent()
                ? new ChannelEvent.OrderStated(order.get())
                : new ChannelEvent.Ignored("order " + id + " is incomplete: its buyer has not paid yet");
    }

    private static String required(JsonNode id, String scope, String field) {
        if (!id.isIntegralNumber()) {
            throw new ChannelException(
                    Fault.REJECTED, scope + ": data." + field + " is " + id + " (expected: a number)");
        }
        return id.asText();
    }

    @Override
    public Order fetch(String externalId) {
        return orders.fetch(externalId);
    }
}
