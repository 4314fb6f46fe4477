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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Is a delivery TikTok Shop's, and which order or stock does it name? Signed in {@code Authorization} over app key and raw
 * body; there is no time in it, so a replay is told by {@code tts_notification_id} alone. One secret signs for all shops
 * of the app: the shop that the body names must be the connection's own.
 */
public final class TikTokWebhooks implements OrderWebhook {
    private static final int ORDER_STATUS = 1;
    private static final int CANCELLATION = 11;
    private static final int INVENTORY = 27;
    private static final int INVENTORY_CHANGED = 68;

    private final Connection connection;
    private final TikTokOrders orders;

    /** The deliveries of one shop. */
    public TikTokWebhooks(Connection connection, TikTokOrders orders) {
        this.connection = connection;
        this.orders = orders;
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
        String delivery =
                body.path("tts_notification_id").asText(body.path("event_id").asText());
        if (delivery.isBlank()) {
            delivery = UUID.nameUUIDFromBytes(webhook.body()).toString();
        }
        return new WebhookVerdict.Authentic(
                delivery, "type " + body.path("type").asText("?"), aggregate(body, delivery));
    }

    private static JsonNode proven(RawWebhook webhook) {
        try {
            return TikTokClient.JSON.readTree(webhook.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String aggregate(JsonNode body, String fallback) {
        JsonNode data = body.hasNonNull("data") ? body.path("data") : body;
        String order = data.path("order_id").asText("");
        String sku = data.path("sku_id").asText("");
        return order.isBlank() ? (sku.isBlank() ? fallback : sku) : order;
    }

    @Override
    public List<ChannelEvent> read(RawWebhook webhook) {
        JsonNode body = proven(webhook);
        JsonNode data = body.hasNonNull("data") ? body.path("data") : body;
        if (data.hasNonNull("quantity_snapshot_after_change")) {
            return List.of(level(data, webhook.receivedAt()));
        }
        if (!body.path("type").isIntegralNumber()) {
            throw new ChannelException(Fault.REJECTED, "type: missing (expected: a number) in a webhook");
        }
        int type = body.path("type").asInt();
        return switch (type) {
            case ORDER_STATUS, CANCELLATION -> List.of(touched(data, type));
            case INVENTORY, INVENTORY_CHANGED ->
                throw new ChannelException(
                        Fault.REJECTED, "type " + type + ": quantity_snapshot_after_change is missing");
            default -> List.of(new ChannelEvent.Ignored("webhook type " + type + " is of no consequence"));
        };
    }

    private static ChannelEvent touched(JsonNode data, int type) {
        String order = data.path("order_id").asText("");
        if (order.isBlank()) {
            throw new ChannelException(Fault.REJECTED, "type " + type + ": data.order_id is missing");
        }
        long at = data.path("update_time").asLong(data.path("create_time").asLong());
        return new ChannelEvent.OrderTouched(order, Instant.ofEpochSecond(at));
    }

    /** The platform also tells us of the numbers that we set ourselves. */
    private static ChannelEvent level(JsonNode data, Instant receivedAt) {
        for (JsonNode change : data.path("change_detail")) {
            if (change.path("trigger_source").asText().equals("api_sync")) {
                return new ChannelEvent.Ignored("an echo of our own stock write");
            }
        }
        String ref =
                data.path("product_id").asText() + "/" + data.path("sku_id").asText();
        JsonNode available = data.path("quantity_snapshot_after_change").path("total_available_quantity");
        if (!available.canConvertToInt() || data.path("sku_id").asText().isBlank()) {
            throw new ChannelException(
                    Fault.REJECTED, "inventory " + ref + ": sku_id or total_available_quantity is missing");
        }
        return new ChannelEvent.StockSeen(ref, Math.max(0, available.asInt()), receivedAt);
    }

    @Override
    public Order fetch(String externalId) {
        return orders.fetch(externalId);
    }
}
