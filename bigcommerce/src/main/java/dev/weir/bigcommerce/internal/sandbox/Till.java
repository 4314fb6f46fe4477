package dev.weir.bigcommerce.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was ordered, and what became of it? As V2 tells it: times to the second, amounts as text of four decimals. */
final class Till {
    static final int INCOMPLETE = 0;
    private static final int SHIPPED = 2;
    private static final int CANCELLED = 5;
    private static final int AWAITING_FULFILMENT = 11;
    private static final String ORDERS = "orders";
    private static final int FIRST_ORDER = 1_000;
    private static final Map<Integer, String> STATUSES = Map.of(
            INCOMPLETE, "Incomplete",
            SHIPPED, "Shipped",
            CANCELLED, "Cancelled",
            AWAITING_FULFILMENT, "Awaiting Fulfillment");
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final SandboxStore store;
    private final Shelf shelf;
    private final Clock clock;

    Till(SandboxStore store, Shelf shelf, Clock clock) {
        this.store = store;
        this.shelf = shelf;
        this.clock = clock;
    }

    /** An order of {@code quantity} of the variant; whose buyer is still at the till when {@code slow}. */
    ObjectNode order(ObjectNode variant, int quantity, boolean slow) {
        BigDecimal price = new BigDecimal(variant.path("price").asText());
        String total = price.multiply(BigDecimal.valueOf(quantity)).setScale(4).toPlainString();
        long id = FIRST_ORDER + store.next("order");
        ObjectNode order = SandboxStore.document()
                .put("id", id)
                .put("date_created", now())
                .put("items_total", quantity)
                .put("items_shipped", 0)
                .put("total_inc_tax", total)
                .put("currency_code", "USD")
                .put("currency_exchange_rate", "1.1000000000")
                .put("default_currency_code", variant.path("currency").asText())
                .put("staff_notes", "")
                .put("order_source", "www")
                .put("channel_id", 1)
                .put("is_deleted", false);
        order.putObject("billing_address").put("email", "ada@example.com");
        ObjectNode line = SandboxStore.document()
                .put("id", 10 * id)
                .put("order_id", id)
                .put("product_id", variant.path("product").asLong())
                .put("variant_id", variant.path("variant").asLong())
                .put("sku", variant.path("sku").asText())
                .put("quantity", quantity)
                .put("price_inc_tax", price.setScale(4).toPlainString());
        store.put("lines", Long.toString(id), line);
        return slow ? put(order, INCOMPLETE) : paid(order, variant, quantity);
    }

    private ObjectNode paid(ObjectNode order, ObjectNode variant, int quantity) {
        shelf.put(variant.put("level", variant.path("level").asInt() - quantity));
        return put(order, AWAITING_FULFILMENT);
    }

    /** Every buyer who is still at the till pays; the orders that came of it. */
    List<ObjectNode> hurry() {
        return all().stream()
                .filter(each -> each.path("status_id").asInt() == INCOMPLETE)
                .map(each -> {
                    ObjectNode line = line(each.path("id").asText());
                    ObjectNode variant = shelf.find(line.path("sku").asText());
                    return paid(
                            each,
                            java.util.Objects.requireNonNull(variant),
                            line.path("quantity").asInt());
                })
                .toList();
    }

    /** Whatever status is asked for is had, from any other; what is called off goes back on the shelf. */
    ObjectNode change(String id, JsonNode body) {
        ObjectNode order = get(id);
        int status = body.path("status_id").asInt(order.path("status_id").asInt());
        if (!STATUSES.containsKey(status)) {
            throw new Problem(400, "The field 'status_id' is invalid.");
        }
        if (body.has("staff_notes")) {
            order.put("staff_notes", body.path("staff_notes").asText());
        }
        if (body.path("status_id").asInt() == CANCELLED) {
            order.put("cancellations", cancellations(id) + 1);
            ObjectNode line = line(id);
            ObjectNode variant = shelf.find(line.path("sku").asText());
            if (variant != null && order.path("status_id").asInt() != CANCELLED) {
                shelf.put(variant.put(
                        "level",
                        variant.path("level").asInt() + line.path("quantity").asInt()));
            }
        }
        return put(order, status);
    }

    ObjectNode ship(String id) {
        ObjectNode order = get(id);
        return put(order.put("items_shipped", order.path("items_total").asInt()), SHIPPED);
    }

    int cancellations(String id) {
        return get(id).path("cancellations").asInt();
    }

    ObjectNode get(String id) {
        ObjectNode order = store.get(ORDERS, id);
        if (order == null) {
            throw new Problem(404, "The requested resource was not found.");
        }
        return order;
    }

    ObjectNode line(String id) {
        get(id);
        return java.util.Objects.requireNonNull(store.get("lines", id));
    }

    List<ObjectNode> all() {
        return store.list(ORDERS);
    }

    JsonNode list(Map<String, String> query) {
        Instant since = Instant.parse(query.getOrDefault("min_date_modified", "1970-01-01T00:00:00Z"));
        if (query.containsKey("min_date_modified")) {
            Pages.require(query, Map.of("sort", "date_modified:asc"));
        }
        List<ObjectNode> found = all().stream()
                .filter(each -> !modified(each).isBefore(since))
                .sorted(Comparator.comparing(Till::modified))
                .toList();
        return Pages.v2(found, query, 250);
    }

    private static Instant modified(ObjectNode order) {
        return RFC_2822.parse(order.path("date_modified").asText(), Instant::from);
    }

    ObjectNode refund(String id, String amount, boolean declined) {
        get(id);
        long number = store.next("refund");
        ObjectNode refund = SandboxStore.document()
                .put("id", number)
                .put("order_id", Long.parseLong(id))
                .put("created", clock.instant().toString())
                .put("reason", "")
                .put("total_amount", new BigDecimal(amount));
        refund.putArray("payments")
                .addObject()
                .put("id", number)
                .put("provider_id", "braintree")
                .put("amount", new BigDecimal(amount))
                .put("is_declined", declined);
        store.put("refunds", Long.toString(number), refund);
        return refund;
    }

    ObjectNode refunds(String id, Map<String, String> query) {
        get(id);
        return Pages.v3(
                store.list("refunds").stream()
                        .filter(each -> each.path("order_id").asText().equals(id))
                        .toList(),
                query,
                250);
    }

    private ObjectNode put(ObjectNode order, int status) {
        order.put("status_id", status)
                .put("status", STATUSES.getOrDefault(status, ""))
                .put("date_modified", now());
        store.put(ORDERS, order.path("id").asText(), order);
        return order;
    }

    private String now() {
        return RFC_2822.format(clock.instant().atOffset(ZoneOffset.UTC));
    }
}
