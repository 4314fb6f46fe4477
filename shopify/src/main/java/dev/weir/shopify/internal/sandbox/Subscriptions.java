package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which topics does the shop push, and where? Errors have no code, and name {@code callbackUrl} whatever was sent. */
final class Subscriptions {
    private static final String ALL = "subscriptions";

    private final SandboxStore store;

    Subscriptions(SandboxStore store) {
        this.store = store;
    }

    /** Whether anybody listens to {@code topic}, in the deliveries' spelling. */
    boolean has(String topic) {
        return living().stream()
                .anyMatch(each -> header(each.path("topic").asText()).equals(topic));
    }

    /** As Shopify does after 8 failed deliveries in a row. */
    void drop() {
        living().forEach(this::delete);
    }

    JsonNode list(GraphQl.Selection call) {
        return Pages.of(living().stream().map(Subscriptions::view).toList(), call);
    }

    JsonNode create(GraphQl.Selection call, String version) {
        ObjectNode payload = SandboxStore.document();
        payload.putNull("webhookSubscription");
        ArrayNode errors = payload.putArray("userErrors");
        JsonNode input = call.argument("webhookSubscription");
        String topic = call.argument("topic").asText();
        String address = input.path("uri").asText(input.path("callbackUrl").asText(""));
        String refusal = refusal(topic, address);
        if (refusal != null) {
            error(errors, refusal, "webhookSubscription", "callbackUrl");
            return payload;
        }
        String id = Long.toString(1_300_000_000_000L + store.next(ALL));
        ObjectNode made = SandboxStore.document()
                .put("id", id)
                .put("topic", topic)
                .put("address", address)
                .put("version", version);
        store.put(ALL, id, made);
        payload.set("webhookSubscription", view(made));
        return payload;
    }

    JsonNode delete(GraphQl.Selection call) {
        String id = call.argument("id").asText();
        InventoryMutations.gid("WebhookSubscription", id);
        ObjectNode payload = SandboxStore.document();
        payload.putNull("deletedWebhookSubscriptionId");
        ArrayNode errors = payload.putArray("userErrors");
        ObjectNode known = store.get(ALL, InventoryMutations.number(id));
        if (known == null || known.has("deleted")) {
            error(errors, "Webhook subscription does not exist", "id");
        } else {
            delete(known);
            payload.put("deletedWebhookSubscriptionId", id);
        }
        return payload;
    }

    private void delete(ObjectNode known) {
        store.put(ALL, known.path("id").asText(), known.put("deleted", true));
    }

    private @Nullable String refusal(String topic, String address) {
        if (address.isBlank()) {
            return "Address can't be blank";
        }
        URI uri = URI.create(address);
        String host = String.valueOf(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !host.equals("127.0.0.1") && !host.equals("localhost")) {
            return "Address protocol " + uri.getScheme() + ":// is not supported";
        }
        if (host.endsWith(".myshopify.com")) {
            return "Address cannot be a Shopify or an internal domain";
        }
        boolean taken = living().stream()
                .anyMatch(each -> each.path("topic").asText().equals(topic)
                        && each.path("address").asText().equals(address));
        return taken ? "Address for this topic has already been taken" : null;
    }

    private List<ObjectNode> living() {
        return store.list(ALL).stream().filter(each -> !each.has("deleted")).toList();
    }

    private static ObjectNode view(ObjectNode known) {
        ObjectNode view = SandboxStore.document()
                .put(
                        "id",
                        "gid://shopify/WebhookSubscription/" + known.path("id").asText())
                .put("topic", known.path("topic").asText())
                .put("format", "JSON");
        view.putObject("apiVersion").put("handle", known.path("version").asText());
        view.putObject("endpoint")
                .put("__typename", "WebhookHttpEndpoint")
                .put("callbackUrl", known.path("address").asText());
        return view;
    }

    private static String header(String topic) {
        int last = topic.lastIndexOf('_');
        return (topic.substring(0, last) + "/" + topic.substring(last + 1)).toLowerCase(Locale.ROOT);
    }

    private static void error(ArrayNode errors, String message, String... field) {
        ObjectNode error = errors.addObject().put("message", message);
        ArrayNode path = error.putArray("field");
        for (String part : field) {
            path.add(part);
        }
    }
}
