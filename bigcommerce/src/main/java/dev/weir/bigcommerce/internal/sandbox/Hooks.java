package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxDelivery;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is pushed to, and what? One subscription for each event and address; of what nobody asked for, a sale alone is said. */
final class Hooks {
    static final String SECRET = "bc_sandbox_client_secret";
    private static final String HOOKS = "hooks";

    private final SandboxStore store;
    private final Clock clock;
    private final Twist.Switches twists;
    private volatile Consumer<SandboxDelivery> courier = delivery -> {};

    Hooks(SandboxStore store, Clock clock, Twist.Switches twists) {
        this.store = store;
        this.clock = clock;
        this.twists = twists;
    }

    void courier(Consumer<SandboxDelivery> carries) {
        courier = carries;
    }

    List<ObjectNode> all() {
        return store.list(HOOKS);
    }

    ObjectNode list(Map<String, String> query) {
        return Pages.v3(all(), query, 250);
    }

    ObjectNode make(JsonNode body) {
        boolean taken = all().stream()
                .anyMatch(each -> each.path("scope").equals(body.path("scope"))
                        && each.path("destination").equals(body.path("destination")));
        if (taken) {
            throw new Problem(422, "A webhook with this scope and destination exists already");
        }
        ObjectNode hook = SandboxStore.document().put("id", 20_000 + store.next("hook"));
        return put(hook, body);
    }

    ObjectNode change(String id, JsonNode body) {
        ObjectNode hook = store.get(HOOKS, id);
        if (hook == null) {
            throw new Problem(404, "Webhook " + id + " was not found");
        }
        return put(hook, body);
    }

    void deactivate() {
        all().forEach(each -> store.put(HOOKS, each.path("id").asText(), each.put("is_active", false)));
    }

    private ObjectNode put(ObjectNode hook, JsonNode body) {
        URI destination = URI.create(body.path("destination").asText());
        if (!"https".equals(destination.getScheme()) || destination.getPort() != -1) {
            throw new Problem(422, "Destination url is invalid: must be served over https on port 443");
        }
        if (!body.path("scope").asText().startsWith("store/")) {
            throw new Problem(422, "scope: expected store/…");
        }
        for (String field : List.of("scope", "destination", "headers")) {
            hook.set(field, body.path(field));
        }
        hook.put("is_active", body.path("is_active").asBoolean(true));
        store.put(HOOKS, hook.path("id").asText(), hook);
        ObjectNode answer = SandboxStore.document();
        answer.set("data", hook);
        return answer;
    }

    SandboxDelivery ofSale(ObjectNode order) {
        SandboxDelivery sale = of("store/order/created", about(order.path("id").asLong()));
        if (twists.isOn(Twist.WEBHOOKS_TWICE)) {
            courier.accept(sale);
        }
        return sale;
    }

    /** Pushes to whoever subscribed; the delivery, or null where nobody did. */
    @Nullable
    SandboxDelivery push(String scope, ObjectNode data) {
        if (subscription(scope) == null) {
            return null;
        }
        SandboxDelivery delivery = of(scope, data);
        courier.accept(delivery);
        if (twists.isOn(Twist.WEBHOOKS_TWICE)) {
            courier.accept(delivery);
        }
        return delivery;
    }

    static ObjectNode about(long order) {
        return SandboxStore.document().put("type", "order").put("id", order);
    }

    private @Nullable ObjectNode subscription(String scope) {
        return all().stream()
                .filter(each -> each.path("scope").asText().equals(scope)
                        && each.path("is_active").asBoolean())
                .findFirst()
                .orElse(null);
    }

    private SandboxDelivery of(String scope, ObjectNode data) {
        ObjectNode body = SandboxStore.document()
                .put("scope", scope)
                .put("store_id", "1025646")
                .put("created_at", clock.instant().getEpochSecond())
                .put("producer", "stores/" + BigCommerceSandbox.STORE);
        body.set("data", data);
        String hash = UUID.nameUUIDFromBytes(body.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        byte[] bytes = body.put("hash", hash).toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        ObjectNode hook = subscription(scope);
        if (hook != null) {
            hook.path("headers")
                    .properties()
                    .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
        }
        if (!twists.isOn(Twist.WEBHOOKS_UNSIGNED)) {
            sign(headers, bytes);
        }
        return new SandboxDelivery(headers, bytes);
    }

    private void sign(Map<String, String> headers, byte[] body) {
        String id = "msg_" + UUID.randomUUID();
        String time = Long.toString(clock.instant().getEpochSecond());
        byte[] mac = Signatures.hmacSha256(SECRET, (id + "." + time + ".").getBytes(StandardCharsets.UTF_8), body);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", time);
        headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac));
    }
}
