package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How are orders called off and sent back? The caller holds the store's lock. */
final class AfterSalesDesk {
    private static final String CANCELS = "cancellations";
    private static final String RETURNS = "returns";
    private static final Set<String> OPEN = Set.of("UNPAID", "ON_HOLD", "AWAITING_SHIPMENT", "PARTIALLY_SHIPPING");

    private final SandboxStore store;
    private final Clock clock;
    private final ShopOrders orders;
    private final Inventory inventory;

    AfterSalesDesk(SandboxStore store, Clock clock, ShopOrders orders, Inventory inventory) {
        this.store = store;
        this.clock = clock;
        this.orders = orders;
        this.inventory = inventory;
    }

    /** The seller calls off lines; done at once, in a word that is told in a success. */
    ObjectNode create(JsonNode body) {
        ObjectNode order = orders.get(body.path("order_id").asText());
        if (!body.path("cancel_reason").asText().startsWith("seller_cancel_")) {
            throw new Refusal(200, 98001004, "parameter invalid: cancel_reason");
        }
        String status = order.path("status").asText();
        if (!OPEN.contains(status)) {
            throw new Refusal(200, 12052901, "status forbids the operation: order is " + status);
        }
        List<String> lines = new ArrayList<>();
        body.path("order_line_item_ids").forEach(line -> lines.add(line.asText()));
        ObjectNode cancel = document(order, lines, "SELLER");
        complete(cancel, order);
        return SandboxStore.document()
                .put("cancel_id", cancel.path("cancel_id").asText())
                .put("cancel_status", "CANCELLATION_REQUEST_SUCCESS");
    }

    /** A buyer asks to call off {@code lines}; the seller has to say yes. */
    ObjectNode ask(String id, List<String> lines) {
        ObjectNode order = orders.get(id);
        ObjectNode cancel = document(order, lines, "BUYER").put("cancel_status", "CANCELLATION_REQUEST_PENDING");
        orders.put(order.put("is_buyer_request_cancel", true));
        store.put(CANCELS, cancel.path("cancel_id").asText(), cancel);
        return cancel;
    }

    ObjectNode approve(String id) {
        ObjectNode cancel = store.get(CANCELS, id);
        if (cancel == null) {
            throw new Refusal(200, 21008111, "cancellation does not belong to the seller");
        }
        if (cancel.path("cancel_status").asText().equals("CANCELLATION_REQUEST_PENDING")) {
            complete(cancel, orders.get(cancel.path("order_id").asText()));
        }
        return SandboxStore.document();
    }

    private ObjectNode document(ObjectNode order, List<String> lines, String role) {
        ObjectNode cancel = SandboxStore.document()
                .put("cancel_id", Long.toString(4_035_000_000_000_000_000L + store.next("cancel")))
                .put("order_id", order.path("id").asText())
                .put("role", role)
                .put("create_time", now())
                .put("update_time", now());
        lines(cancel.putArray("cancel_line_items"), order, lines);
        refund(cancel, "cancel_line_items", order);
        return cancel;
    }

    private static void lines(ArrayNode named, ObjectNode order, List<String> wanted) {
        for (JsonNode line : order.path("line_items")) {
            if (wanted.contains(line.path("id").asText())
                    && !line.path("display_status").asText().equals("CANCELLED")) {
                ObjectNode row = named.addObject()
                        .put("order_line_item_id", line.path("id").asText())
                        .put("sku_id", line.path("sku_id").asText())
                        .put("seller_sku", line.path("seller_sku").asText());
                row.putObject("refund_amount")
                        .put("currency", line.path("currency").asText())
                        .put("refund_total", line.path("sale_price").asText());
            }
        }
        if (named.isEmpty()) {
            throw new Refusal(200, 98001004, "parameter invalid: order_line_item_ids");
        }
    }

    private static void refund(ObjectNode record, String lines, ObjectNode order) {
        String currency = order.path("payment").path("currency").asText();
        Money total = Money.zero(Currency.getInstance(currency));
        for (JsonNode line : record.path(lines)) {
            total = total.plus(
                    Money.of(line.path("refund_amount").path("refund_total").asText(), currency));
        }
        record.putObject("refund_amount").put("currency", currency).put("refund_total", total.amount());
    }

    private void complete(ObjectNode cancel, ObjectNode order) {
        Set<String> named = new HashSet<>();
        for (JsonNode line : cancel.path("cancel_line_items")) {
            named.add(line.path("order_line_item_id").asText());
            inventory.release(line.path("sku_id").asText(), 1);
        }
        boolean some = false;
        for (JsonNode line : order.path("line_items")) {
            if (named.contains(line.path("id").asText())) {
                ((ObjectNode) line).put("display_status", "CANCELLED");
            }
            some |= !line.path("display_status").asText().equals("CANCELLED");
        }
        String status = some ? order.path("status").asText() : "CANCELLED";
        orders.put(orders.state(order, status).put("is_buyer_request_cancel", false));
        store.put(
                CANCELS,
                cancel.path("cancel_id").asText(),
                cancel.put("cancel_status", "CANCELLATION_REQUEST_COMPLETE").put("update_time", now()));
    }

    ObjectNode search(Map<String, String> query, JsonNode body) {
        return find(CANCELS, query, body.path("order_ids"), "order_id", "cancellations");
    }

    ObjectNode searchReturns(Map<String, String> query, JsonNode body) {
        return find(RETURNS, query, body.path("return_ids"), "return_id", "return_orders");
    }

    private ObjectNode find(String from, Map<String, String> query, JsonNode ids, String id, String name) {
        Set<String> wanted = new HashSet<>();
        ids.forEach(each -> wanted.add(each.asText()));
        List<ObjectNode> found = store.list(from).stream()
                .filter(each -> wanted.contains(each.path(id).asText()))
                .toList();
        return Pages.of(found, query, name, UnaryOperator.identity());
    }

    /** How often the order was called off whole. */
    int count(String order) {
        return (int) store.list(CANCELS).stream()
                .filter(each -> each.path("order_id").asText().equals(order))
                .filter(each -> each.path("cancel_status").asText().equals("CANCELLATION_REQUEST_COMPLETE"))
                .count();
    }

    /** A buyer sends lines back and has their money; the units are not for sale again by themselves. */
    ObjectNode giveBack(String id, List<String> lines) {
        ObjectNode order = orders.get(id);
        ObjectNode done = SandboxStore.document()
                .put("return_id", Long.toString(4_036_000_000_000_000_000L + store.next("return")))
                .put("order_id", id)
                .put("return_type", "RETURN_AND_REFUND")
                .put("return_status", "RETURN_OR_REFUND_REQUEST_COMPLETE")
                .put("create_time", now())
                .put("update_time", now());
        lines(done.putArray("return_line_items"), order, lines);
        refund(done, "return_line_items", order);
        store.put(RETURNS, done.path("return_id").asText(), done);
        return done;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
