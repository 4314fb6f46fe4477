package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.time.Clock;
import java.util.Set;

/** Which topics does the shop push, and where? */
final class Subscriptions {
    private static final String WEBHOOKS = "webhooks";
    private static final Set<String> TOPICS = Set.of(
            "ORDER_STATUS_CHANGE",
            "RECIPIENT_ADDRESS_UPDATE",
            "PACKAGE_UPDATE",
            "PRODUCT_STATUS_CHANGE",
            "SELLER_DEAUTHORIZATION",
            "UPCOMING_AUTHORIZATION_EXPIRATION",
            "CANCELLATION_STATUS_CHANGE",
            "RETURN_STATUS_CHANGE",
            "REVERSE_STATUS_UPDATE",
            "NEW_CONVERSATION",
            "NEW_MESSAGE",
            "NEW_MESSAGE_LISTENER",
            "PRODUCT_INFORMATION_CHANGE",
            "PRODUCT_CREATION",
            "PRODUCT_CATEGORY_CHANGE",
            "INVOICE_STATUS_CHANGE",
            "PRODUCT_AUDIT_STATUS_CHANGE",
            "INVENTORY_CHANGE");

    private final SandboxStore store;
    private final Clock clock;

    Subscriptions(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    ObjectNode list() {
        ObjectNode data = SandboxStore.document();
        ArrayNode webhooks = data.putArray("webhooks");
        store.list(WEBHOOKS).stream().filter(each -> each.hasNonNull("address")).forEach(webhooks::add);
        return data.put("total_count", webhooks.size());
    }

    ObjectNode put(JsonNode body) {
        String topic = body.path("event_type").asText();
        if (!TOPICS.contains(topic)) {
            throw new Refusal(200, 36009004, "invalid param 'event_type'");
        }
        if (!isPublic(body.path("address").asText())) {
            throw new Refusal(200, 98001004, "parameter invalid: address");
        }
        long now = clock.instant().getEpochSecond();
        store.put(
                WEBHOOKS,
                topic,
                SandboxStore.document()
                        .put("event_type", topic)
                        .put("address", body.path("address").asText())
                        .put("create_time", now)
                        .put("update_time", now));
        return SandboxStore.document();
    }

    ObjectNode delete(JsonNode body) {
        String topic = body.path("event_type").asText();
        store.put(WEBHOOKS, topic, SandboxStore.document().put("event_type", topic));
        return SandboxStore.document();
    }

    private static boolean isPublic(String address) {
        try {
            URI uri = URI.create(address);
            String host = uri.getHost();
            return "https".equals(uri.getScheme())
                    && uri.getPort() == -1
                    && host != null
                    && host.contains(".")
                    && !host.matches("[0-9.]+");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
