package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which orders does the shop have? Kept in the shape of the webhooks; a cancellation takes effect a moment later. */
final class ShopOrders {
    private static final String ORDERS = "orders";
    private static final String SIDE = "order-side";
    private static final Duration INDEX_LAG = Duration.ofSeconds(1);
    private static final Duration JOB = Duration.ofMillis(100);

    private final SandboxStore store;
    private final Clock clock;

    ShopOrders(SandboxStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    ObjectNode ofShopper(ObjectNode item, int quantity) {
        ObjectNode order =
                OrderDocument.begin(next("order"), now(), item.path("currency").asText());
        OrderDocument.line(
                order, item, next("line"), quantity, item.path("price").asText());
        order.put("source_name", "web")
                .put("email", "shopper@example.com")
                .put("landing_site", "/products/" + item.path("sku").asText().toLowerCase(java.util.Locale.ROOT));
        OrderDocument.total(order, "0.00");
        return keep(order);
    }

    ObjectNode ofApi(JsonNode input, Map<JsonNode, ObjectNode> items) {
        ObjectNode order =
                OrderDocument.begin(next("order"), now(), input.path("currency").asText());
        items.forEach((line, item) -> OrderDocument.line(
                order,
                item,
                next("line"),
                line.path("quantity").asInt(),
                line.path("priceSet")
                        .path("shopMoney")
                        .path("amount")
                        .asText(item.path("price").asText())));
        OrderDocument.fromInput(order, input);
        return keep(order);
    }

    @Nullable
    ObjectNode get(String id) {
        ObjectNode order = store.get(ORDERS, id);
        return order == null ? null : settled(order);
    }

    List<ObjectNode> all() {
        return store.list(ORDERS).stream().map(this::settled).toList();
    }

    /** Whether the search index shows the order already. */
    boolean isIndexed(ObjectNode order) {
        return instant(side(order), "createdAt").plus(INDEX_LAG).isBefore(clock.instant());
    }

    boolean isCancelling(ObjectNode order) {
        return side(order).has("cancelAt");
    }

    int cancellations(String id) {
        ObjectNode side = store.get(SIDE, id);
        return side == null ? 0 : side.path("cancels").asInt();
    }

    void ship(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null) {
            throw new IllegalArgumentException("order: " + id + " (expected: one of the shop)");
        }
        store.put(ORDERS, id, order.put("fulfillment_status", "fulfilled"));
    }

    /** Begins the job that calls the order off. */
    void cancel(ObjectNode order) {
        ObjectNode side = side(order);
        side.put("cancelAt", clock.instant().plus(JOB).toString())
                .put("cancels", side.path("cancels").asInt() + 1);
        store.put(SIDE, order.path("id").asText(), side);
    }

    Map<String, String> deliveryHeaders(String topic, ObjectNode order, byte[] body, String secret) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", ShopifySandbox.SHOP);
        headers.put("X-Shopify-API-Version", ShopifySandbox.VERSION);
        headers.put("X-Shopify-Webhook-Id", UUID.randomUUID().toString());
        headers.put("X-Shopify-Event-Id", UUID.nameUUIDFromBytes(body).toString());
        headers.put("X-Shopify-Triggered-At", clock.instant().toString());
        headers.put("X-Shopify-Hmac-Sha256", Base64.getEncoder().encodeToString(Signatures.hmacSha256(secret, body)));
        return headers;
    }

    private ObjectNode keep(ObjectNode order) {
        String id = order.path("id").asText();
        store.put(ORDERS, id, order);
        store.put(
                SIDE,
                id,
                SandboxStore.document().put("createdAt", clock.instant().toString()));
        return order;
    }

    /** The order as it stands now that its jobs have run as far as they have. */
    private ObjectNode settled(ObjectNode order) {
        ObjectNode side = side(order);
        if (!side.has("cancelAt") || instant(side, "cancelAt").isAfter(clock.instant())) {
            return order;
        }
        String at = shopTime(instant(side, "cancelAt"));
        return order.put("cancelled_at", at)
                .put("cancel_reason", "other")
                .put("closed_at", at)
                .put("updated_at", at)
                .put("current_total_price", "0.00");
    }

    private ObjectNode side(ObjectNode order) {
        ObjectNode side = store.get(SIDE, order.path("id").asText());
        return side == null ? SandboxStore.document() : side;
    }

    private static Instant instant(ObjectNode side, String name) {
        return Instant.parse(side.path(name).asText("1970-01-01T00:00:00Z"));
    }

    private long next(String sequence) {
        return 5_800_000_000_000L + store.next(sequence);
    }

    private String now() {
        return shopTime(clock.instant());
    }

    /** Webhooks carry the shop's offset and whole seconds. */
    private static String shopTime(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.ofHours(1))
                .toString()
                .replaceAll("T(..:..)\\+", "T$1:00+");
    }
}
