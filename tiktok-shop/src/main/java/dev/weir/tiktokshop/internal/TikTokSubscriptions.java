package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the shop push to us? Subscribed per shop ({@code PUT /event/202309/webhooks}); the topic of stock changes is published
 * by number only, so its name is a setting, and that it alone is refused keeps nothing else from being mended.
 */
public final class TikTokSubscriptions implements WebhookSubscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokSubscriptions.class);
    private static final String PATH = "/event/202309/webhooks";
    private static final List<String> TOPICS = List.of(
            "ORDER_STATUS_CHANGE",
            "RECIPIENT_ADDRESS_UPDATE",
            "PACKAGE_UPDATE",
            "CANCELLATION_STATUS_CHANGE",
            "RETURN_STATUS_CHANGE",
            "PRODUCT_STATUS_CHANGE",
            "PRODUCT_INFORMATION_CHANGE",
            "PRODUCT_CREATION",
            "PRODUCT_AUDIT_STATUS_CHANGE",
            "SELLER_DEAUTHORIZATION",
            "UPCOMING_AUTHORIZATION_EXPIRATION");

    private final TikTokClient client;

    /** The subscriptions of one shop. */
    public TikTokSubscriptions(TikTokClient client) {
        this.client = client;
    }

    @Override
    public List<Subscription> heal(URI address) {
        requirePublic(address);
        Map<String, String> standing = new HashMap<>();
        for (JsonNode each :
                client.send(TikTokCall.get(Lane.ORDER, "WebhookList", PATH)).path("webhooks")) {
            standing.put(each.path("event_type").asText(), each.path("address").asText());
        }
        List<Subscription> healed = new ArrayList<>();
        for (String topic : TOPICS) {
            healed.add(heal(topic, address, standing.get(topic)));
        }
        String stock = client.connection().setting("inventoryTopic", "INVENTORY_CHANGE");
        try {
            healed.add(heal(stock, address, standing.get(stock)));
        } catch (ChannelException e) {
            if (e.fault() != Fault.REJECTED) {
                throw e;
            }
            LOG.warn("Stock changes are not pushed, setting inventoryTopic names no topic: {}", e.getMessage());
        }
        return healed;
    }

    private Subscription heal(String topic, URI address, @org.jspecify.annotations.Nullable String stands) {
        if (address.toString().equals(stands)) {
            return new Subscription(topic, Found.THERE);
        }
        client.send(TikTokCall.send(
                Lane.ORDER,
                "WebhookUpdate",
                "PUT",
                PATH,
                TikTokClient.JSON.createObjectNode().put("event_type", topic).put("address", address.toString())));
        return new Subscription(topic, stands == null ? Found.MISSING : Found.MOVED);
    }

    /** The platform pushes to public names over TLS alone; said here, because its own refusal does not say what it expects. */
    private static void requirePublic(URI address) {
        String host = address.getHost();
        boolean named = host != null && host.contains(".") && !host.matches("[0-9.]+|\\[.*");
        if (!"https".equals(address.getScheme()) || !named || address.getPort() != -1) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "address: " + address
                            + " (expected: https, a public domain name and no port, or TikTok pushes nothing)");
        }
    }
}
