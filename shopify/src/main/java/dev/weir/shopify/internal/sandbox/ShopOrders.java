package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which orders does the shop have? Kept in the shape of the webhooks; a cancellation takes effect a moment later. */
final class ShopOrders {
    private static final String ORDERS = "orders";
    private static final String SIDE = "order-side";
    private static final Duration INDEX_LAG = Duration.ofSeconds(1);
    private static final Duration LATE_LAG = Duration.ofSeconds(30);
    private static final Duration JOB = Duration.ofMillis(100);

    private final SandboxStore store;
    private final Clock clock;
    private final ShopQuirk.Switches quirks;

    ShopOrders(SandboxStore store, Clock clock, ShopQuirk.Switches quirks) {
        this.quirks = quirks;
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
        return all(order -> true);
    }

    /** Those that are {@code wanted} whatever becomes of them by their jobs; it looks and changes nothing. */
    List<ObjectNode> all(Predicate<ObjectNode> wanted) {
        return store.list(ORDERS, wanted).stream().map(this::settled).toList();
    }

    /** Whether the search index shows the order already. */
    boolean isIndexed(ObjectNode order) {
        return instant(side(order), "createdAt")
                .plus(quirks.isOn(ShopQuirk.LATE_SEARCH) ? LATE_LAG : INDEX_LAG)
                .isBefore(clock.instant());
    }

    boolean isCancelling(ObjectNode order) {
        return side(order).has("cancelAt");
    }

    int cancellations(String id) {
        ObjectNode side = store.get(SIDE, id);
        return side == null ? 0 : side.path("cancels").asInt();
    }

    /** Everything that has not left leaves; what the shop says of it. */
    ObjectNode ship(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null) {
            throw new IllegalArgumentException("order: " + id + " (expected: one of the shop)");
        }
        Map<String, Integer> left = new LinkedHashMap<>();
        for (JsonNode line : order.path("line_items")) {
            left.put(line.path("id").asText(), line.path("fulfillable_quantity").asInt());
        }
        return fulfil(order, left, SandboxStore.document().put("company", "DHL").put("number", "DHL-" + id));
    }

    /** Notes that {@code units} by line have left; returns the fulfilment. */
    ObjectNode fulfil(ObjectNode order, Map<String, Integer> units, JsonNode tracking) {
        ObjectNode made = SandboxStore.document()
                .put("id", next("fulfilment"))
                .put("order_id", order.path("id").asLong())
                .put("status", "success")
                .put("created_at", now())
                .put("updated_at", now());
        made.put("tracking_company", tracking.path("company").textValue());
        made.put("tracking_number", tracking.path("number").textValue());
        made.put("tracking_url", tracking.path("url").textValue());
        boolean open = false;
        for (JsonNode line : order.path("line_items")) {
            int gone = units.getOrDefault(line.path("id").asText(), 0);
            int left = line.path("fulfillable_quantity").asInt() - gone;
            ((ObjectNode) line).put("fulfillable_quantity", left);
            open |= left > 0;
            if (gone > 0) {
                made.withArray("line_items").add(((ObjectNode) line.deepCopy()).put("quantity", gone));
            }
        }
        order.withArray("fulfillments").add(made);
        save(order.put("fulfillment_status", open ? "partial" : "fulfilled"));
        return made;
    }

    /** Notes a refund of {@code lines}; returns it. */
    ObjectNode refund(ObjectNode order, String note, List<JsonNode> lines) {
        ObjectNode made = SandboxStore.document()
                .put("id", next("refund"))
                .put("order_id", order.path("id").asLong())
                .put("created_at", now())
                .put("processed_at", now())
                .put("note", note);
        made.putArray("transactions");
        made.putArray("refund_line_items");
        for (JsonNode row : lines) {
            ObjectNode line = java.util.Objects.requireNonNull(
                    line(order, row.path("lineItemId").asText()));
            int quantity = row.path("quantity").asInt();
            line.put("current_quantity", line.path("current_quantity").asInt() - quantity);
            made.withArray("refund_line_items")
                    .addObject()
                    .put("id", next("refund-line"))
                    .put("line_item_id", line.path("id").asLong())
                    .put("quantity", quantity)
                    .put(
                            "restock_type",
                            row.path("restockType").asText("NO_RESTOCK").toLowerCase(java.util.Locale.ROOT))
                    .set("line_item", line.deepCopy());
        }
        order.withArray("refunds").add(made);
        save(order);
        return made;
    }

    /** The order's line of that global id, or null. */
    @Nullable
    ObjectNode line(ObjectNode order, String gid) {
        for (JsonNode line : order.path("line_items")) {
            if (line.path("admin_graphql_api_id").asText().equals(gid)) {
                return (ObjectNode) line;
            }
        }
        return null;
    }

    void save(ObjectNode order) {
        store.put(ORDERS, order.path("id").asText(), order.put("updated_at", now()));
    }

    /** Begins the job that calls the order off; what the shop says of it at its end. */
    ObjectNode cancel(ObjectNode order) {
        return cancel(order, JOB);
    }

    /** The merchant calls it off, in the shop's own pages; what the shop says of it. */
    ObjectNode cancel(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null
                || isCancelling(order)
                || order.path("fulfillment_status").asText().equals("fulfilled")) {
            throw new IllegalArgumentException(
                    "order: " + id + " (expected: one that has not left or been called off)");
        }
        return cancel(order, Duration.ZERO);
    }

    private ObjectNode cancel(ObjectNode order, Duration job) {
        ObjectNode side = side(order);
        Instant at = clock.instant().plus(job);
        side.put("cancelAt", at.toString()).put("cancels", side.path("cancels").asInt() + 1);
        store.put(SIDE, order.path("id").asText(), side);
        return cancelled(order.deepCopy(), shopTime(at));
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
        return cancelled(order, shopTime(instant(side, "cancelAt")));
    }

    private static ObjectNode cancelled(ObjectNode order, String at) {
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
