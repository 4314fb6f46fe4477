package dev.weir.tiktokshop.internal;

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
import dev.weir.connectors.http.Signatures;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Is a delivery TikTok Shop's, and what is it about? Signed in {@code Authorization} over app key and raw body; there is no
 * time in it, so a replay is told by {@code tts_notification_id} alone. One secret signs for all shops of the app: the shop
 * that the body names must be the connection's own.
 */
public final class TikTokWebhooks implements OrderWebhook {
    private final Connection connection;
    private final TikTokOrders orders;
    private final TikTokEvents events;

    /** The deliveries of one shop. */
    public TikTokWebhooks(Connection connection, TikTokOrders orders, TikTokEvents events) {
        this.connection = connection;
        this.orders = orders;
        this.events = events;
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        String given = webhook.header("authorization");
        if (given == null || webhook.body().length == 0) {
            return new WebhookVerdict.Forged("Authorization or body is missing");
        }
        String expected = TikTokSignature.ofWebhook(
                connection.setting("appSecret"), connection.setting("appKey"), webhook.body());
        if (!Signatures.same(expected, given.strip().toLowerCase(Locale.ROOT))) {
            return new WebhookVerdict.Forged("the signature does not match the body");
        }
        JsonNode body = proven(webhook);
        if (body.hasNonNull("shop_id") && !body.path("shop_id").asText().equals(connection.setting("shopId"))) {
            return new WebhookVerdict.Forged("the delivery is of another shop");
        }
        String delivery = delivery(body, webhook);
        return new WebhookVerdict.Authentic(
                delivery, body.path("type").asText("inventory"), aggregate(data(body), delivery));
    }

    /** Older deliveries have no notification id; those of stock have an id of the event. */
    private static String delivery(JsonNode body, RawWebhook webhook) {
        for (String id : List.of(
                body.path("tts_notification_id").asText(""),
                body.path("event_id").asText(""),
                body.path("data").path("event_id").asText(""))) {
            if (!id.isBlank()) {
                return id;
            }
        }
        return UUID.nameUUIDFromBytes(webhook.body()).toString();
    }

    private static JsonNode proven(RawWebhook webhook) {
        try {
            return TikTokClient.JSON.readTree(webhook.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whether changes of stock come in the envelope of the others is not published: both are read. */
    private static JsonNode data(JsonNode body) {
        return body.hasNonNull("data") ? body.path("data") : body;
    }

    private static String aggregate(JsonNode data, String fallback) {
        for (String name : List.of("order_id", "sku_id", "product_id")) {
            String id = data.path(name).asText("");
            if (!id.isBlank()) {
                return id;
            }
        }
        return fallback;
    }

    @Override
    public List<ChannelEvent> read(RawWebhook webhook) {
        JsonNode body = proven(webhook);
        JsonNode data = data(body);
        if (data.hasNonNull("quantity_snapshot_after_change")) {
            return events.of(TikTokEvents.INVENTORY_CHANGED, data, webhook.receivedAt());
        }
        if (!body.path("type").isIntegralNumber()) {
            throw new ChannelException(Fault.REJECTED, "type: missing (expected: a number) in a webhook");
        }
        return events.of(body.path("type").asInt(), data, webhook.receivedAt());
    }

    @Override
    public Order fetch(String externalId) {
        return orders.fetch(externalId);
    }
}
