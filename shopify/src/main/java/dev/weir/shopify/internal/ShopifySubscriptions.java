package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookSubscriptions;
import dev.weir.connectors.http.Lane;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does Shopify still push to us? After 8 failed deliveries in a row it deletes a subscription without a word, so this is to be
 * asked daily. Bodies come in the version that made the subscription: one of another version is made anew.
 *
 * <p>The three privacy topics are not here: Shopify takes them from the app's own configuration alone.
 */
public final class ShopifySubscriptions implements WebhookSubscriptions {
    /** {@code products/*} tells only that something changed: it fires with every sale, and large products arrive cut short. */
    private static final List<String> HINT = List.of("id", "admin_graphql_api_id", "updated_at");

    private static final List<String> TOPICS = List.of(
            "ORDERS_CREATE",
            "ORDERS_PAID",
            "ORDERS_UPDATED",
            "ORDERS_CANCELLED",
            "ORDERS_EDITED",
            "REFUNDS_CREATE",
            "RETURNS_APPROVE",
            "RETURNS_CLOSE",
            "RETURNS_CANCEL",
            "FULFILLMENTS_CREATE",
            "FULFILLMENTS_UPDATE",
            "INVENTORY_LEVELS_UPDATE",
            "PRODUCTS_CREATE",
            "PRODUCTS_UPDATE",
            "PRODUCTS_DELETE",
            "LOCATIONS_DEACTIVATE",
            "APP_UNINSTALLED");

    private static final Operation LIST = new Operation("Subscriptions", Lane.ORDER, 750, """
            query Subscriptions($after: String) {
              webhookSubscriptions(first: 240, after: $after) {
                nodes { id topic apiVersion { handle } endpoint { __typename ... on WebhookHttpEndpoint { callbackUrl } } }
                pageInfo { hasNextPage endCursor }
              }
            }""");

    private static final Operation CREATE = new Operation("SubscriptionCreate", Lane.ORDER, 10, """
            mutation SubscriptionCreate($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
              webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
                webhookSubscription { id }
                userErrors { field message }
              }
            }""");

    private static final Operation DELETE = new Operation("SubscriptionDelete", Lane.ORDER, 10, """
            mutation SubscriptionDelete($id: ID!) {
              webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
            }""");

    private final ShopifyClient client;

    /** The subscriptions of our app at one shop. */
    public ShopifySubscriptions(ShopifyClient client) {
        this.client = client;
    }

    @Override
    public List<Subscription> heal(URI address) {
        List<Known> known = list();
        List<Subscription> healed = new ArrayList<>();
        for (String topic : TOPICS) {
            List<Known> ofTopic =
                    known.stream().filter(each -> each.topic().equals(topic)).toList();
            healed.add(new Subscription(name(topic), heal(topic, ofTopic, address)));
        }
        return healed;
    }

    private Found heal(String topic, List<Known> known, URI address) {
        if (known.stream().anyMatch(each -> isAsWanted(each, address))) {
            return Found.THERE;
        }
        if (known.isEmpty()) {
            create(topic, address);
            return Found.MISSING;
        }
        known.forEach(each -> delete(each.id()));
        create(topic, address);
        return Found.MOVED;
    }

    private boolean isAsWanted(Known known, URI address) {
        return known.address().equals(address.toString()) && known.version().equals(client.version());
    }

    /** A refusal has no code, so "it is there already" is told by looking again. */
    private void create(String topic, URI address) {
        ObjectNode subscription =
                ShopifyClient.variables().put("uri", address.toString()).put("format", "JSON");
        if (topic.startsWith("PRODUCTS_")) {
            HINT.forEach(subscription.putArray("includeFields")::add);
        }
        ObjectNode variables = ShopifyClient.variables().put("topic", topic);
        variables.set("subscription", subscription);
        JsonNode payload = client.repeatable(CREATE, variables).path("webhookSubscriptionCreate");
        List<UserError> errors = UserError.of(payload, "userErrors");
        if (!errors.isEmpty()
                && list().stream().noneMatch(each -> each.topic().equals(topic) && isAsWanted(each, address))) {
            throw errors.getFirst().as(Fault.REJECTED, "SubscriptionCreate " + name(topic));
        }
    }

    /** One that is gone by now is as good as deleted. */
    private void delete(String id) {
        client.repeatable(DELETE, ShopifyClient.variables().put("id", id));
    }

    private List<Known> list() {
        List<Known> known = new ArrayList<>();
        ObjectNode variables = ShopifyClient.variables();
        boolean more = true;
        while (more) {
            JsonNode page = client.repeatable(LIST, variables).path("webhookSubscriptions");
            page.path("nodes").forEach(node -> known.add(Known.of(node)));
            more = page.path("pageInfo").path("hasNextPage").asBoolean();
            variables.put("after", page.path("pageInfo").path("endCursor").asText());
            if (known.size() > 5_000) {
                throw new ChannelException(
                        Fault.REJECTED, "webhookSubscriptions: over 5000 (expected: at most a few a topic)");
            }
        }
        return known;
    }

    /** As deliveries name it: {@code ORDERS_CREATE} is {@code orders/create}, {@code INVENTORY_LEVELS_UPDATE} has one slash. */
    private static String name(String topic) {
        int last = topic.lastIndexOf('_');
        return (topic.substring(0, last) + "/" + topic.substring(last + 1)).toLowerCase(java.util.Locale.ROOT);
    }

    private record Known(String id, String topic, String version, String address) {
        static Known of(JsonNode node) {
            @Nullable String address = node.path("endpoint").path("callbackUrl").textValue();
            return new Known(
                    node.path("id").asText(),
                    node.path("topic").asText(),
                    node.path("apiVersion").path("handle").asText(),
                    address == null ? "" : address);
        }
    }
}
