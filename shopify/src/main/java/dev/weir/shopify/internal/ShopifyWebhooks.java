package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.mapping.Mappings;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Is a delivery Shopify's, and what does it say? The signature is base64 of HMAC-SHA-256 over the raw body under the
 * app's client secret (shopify.dev/docs/apps/build/webhooks); it is the same for every shop of the app, so the shop that
 * the delivery names must be the connection's own. Repeats share topic and {@code X-Shopify-Webhook-Id}.
 */
public final class ShopifyWebhooks implements OrderWebhook {
    private static final List<String> REQUIRED =
            List.of("x-shopify-topic", "x-shopify-shop-domain", "x-shopify-api-version", "x-shopify-webhook-id");

    private final Connection connection;
    private final ShopifyOrderReads reads;
    private final ShopifyEvents events;

    /** The deliveries of one shop. */
    public ShopifyWebhooks(Connection connection, ShopifyOrderReads reads, Mappings mappings, ShopifyPushed pushed) {
        this.connection = connection;
        this.reads = reads;
        events = new ShopifyEvents(connection, mappings, pushed);
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        byte[] given = decoded(webhook.header("x-shopify-hmac-sha256"));
        if (given == null || webhook.body().length == 0) {
            return new WebhookVerdict.Forged("X-Shopify-Hmac-Sha256 or body is missing or malformed");
        }
        for (String name : REQUIRED) {
            if (webhook.header(name) == null) {
                return new WebhookVerdict.Forged(name + " is missing");
            }
        }
        if (!signed(webhook.body(), given)) {
            return new WebhookVerdict.Forged("the signature does not match the body");
        }
        if (!connection.setting("shop").equalsIgnoreCase(webhook.header("x-shopify-shop-domain"))) {
            return new WebhookVerdict.Forged("the delivery is of another shop");
        }
        String topic = String.valueOf(webhook.header("x-shopify-topic"));
        String delivery = topic + " " + webhook.header("x-shopify-webhook-id");
        return new WebhookVerdict.Authentic(delivery, topic, aggregate(topic, webhook, delivery));
    }

    @Override
    public List<ChannelEvent> read(RawWebhook webhook) {
        String topic = webhook.header("x-shopify-topic");
        if (topic == null) {
            throw new ChannelException(Fault.REJECTED, "x-shopify-topic is missing");
        }
        JsonNode body = ShopifyClient.parse(webhook.text(), topic);
        if (!body.isObject()) {
            throw new ChannelException(Fault.REJECTED, topic + ": body is not a JSON object");
        }
        return List.of(events.of(topic, body, webhook.receivedAt()));
    }

    @Override
    public Order fetch(String externalId) {
        return reads.fetch(externalId);
    }

    /** Up to an hour after a rotation Shopify may still sign with the previous secret. */
    private boolean signed(byte[] body, byte[] given) {
        boolean current =
                MessageDigest.isEqual(Signatures.hmacSha256(connection.setting("webhookSecret"), body), given);
        String previous = connection.setting("previousWebhookSecret", "");
        return current || (!previous.isBlank() && MessageDigest.isEqual(Signatures.hmacSha256(previous, body), given));
    }

    private static byte @Nullable [] decoded(@Nullable String header) {
        try {
            return header == null ? null : Base64.getDecoder().decode(header);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** All deliveries about one order are handled in order, refunds included. */
    private static String aggregate(String topic, RawWebhook webhook, String fallback) {
        String field = switch (topic.substring(0, Math.max(0, topic.indexOf('/')))) {
            case "refunds", "fulfillments" -> "order_id";
            case "inventory_levels" -> "inventory_item_id";
            default -> "id";
        };
        try {
            JsonNode id = ShopifyClient.JSON.readTree(webhook.body()).path(field);
            return id.isValueNode() && !id.isNull() ? id.asText() : fallback;
        } catch (IOException e) {
            return fallback;
        }
    }
}
