package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to an order after the sale? It is invoiced, shipped (which takes from a source and gives the reservation back) and
 * refunded, as the shop's services check it; no items are everything that is left.
 */
final class AfterSale {
    static final String SHIPMENTS = "shipments";
    static final String MEMOS = "creditmemos";
    private static final String INVOICES = "invoices";

    private final SandboxStore store;
    private final Orders orders;
    private final Sources sources;
    private final Clock clock;
    private final Quirks quirks;

    AfterSale(SandboxStore store, Orders orders, Sources sources, Clock clock, Quirks quirks) {
        this.store = store;
        this.orders = orders;
        this.sources = sources;
        this.clock = clock;
        this.quirks = quirks;
    }

    String invoice(String id) {
        ObjectNode order =
                open(id, "Invoice Document Validation Error(s):\nThe order does not allow an invoice to be created.");
        if (left(order, "qty_invoiced").isEmpty()) {
            throw Refusal.bad("Invoice Document Validation Error(s):\nThe invoice can't be created without products.");
        }
        Orders.paid(order);
        orders.touch(stated(order));
        return document(INVOICES, order, SandboxStore.document());
    }

    String ship(String id, JsonNode body) {
        ObjectNode order =
                open(id, "Shipment Document Validation Error(s):\nA shipment cannot be created for the order.");
        String source = body.path("arguments")
                .path("extension_attributes")
                .path("source_code")
                .asText(Sources.DEFAULT);
        Map<ObjectNode, BigDecimal> rows = asked(order, body, "qty_shipped");
        Map<ObjectNode, BigDecimal> all = left(order, "qty_shipped");
        rows.forEach((row, quantity) -> {
            if (all.getOrDefault(row, BigDecimal.ZERO).compareTo(quantity) < 0) {
                throw Refusal.bad(
                        "Shipment Document Validation Error(s):\nThe quantity to ship must not be greater than the"
                                + " unshipped quantity for product SKU \""
                                + row.path("sku").asText() + "\".");
            }
        });
        if (rows.isEmpty()) {
            throw Refusal.bad("Shipment Document Validation Error(s):\nYou can't create a shipment without products.");
        }
        rows.forEach((row, quantity) -> {
            sources.leave(row.path("sku").asText(), source, quantity);
            add(row, "qty_shipped", quantity);
        });
        orders.touch(stated(order));
        ObjectNode shipment = SandboxStore.document();
        shipment.set(
                "tracks",
                body.path("tracks").isArray()
                        ? body.path("tracks")
                        : SandboxStore.document().putArray("none"));
        shipment.putObject("extension_attributes").put("source_code", source);
        items(shipment, rows);
        return document(SHIPMENTS, order, commented(shipment, body));
    }

    String refund(String id, JsonNode body) {
        ObjectNode order = orders.get(id);
        Map<ObjectNode, BigDecimal> rows = asked(order, body, "qty_refunded");
        BigDecimal total = total(rows, body.path("arguments"));
        BigDecimal most = number(order, "total_paid").subtract(number(order, "total_refunded"));
        rows.forEach((row, quantity) -> {
            if (number(row, "qty_invoiced")
                            .subtract(number(row, "qty_refunded"))
                            .compareTo(quantity)
                    < 0) {
                throw Refusal.bad(
                        "Creditmemo Document Validation Error(s):\nThe quantity to creditmemo must not be greater than the"
                                + " unrefunded quantity for product SKU \""
                                + row.path("sku").asText() + "\".");
            }
        });
        if (total.signum() <= 0 || total.compareTo(most) > 0) {
            throw Refusal.bad("The most money available to refund is " + most.toPlainString() + ".");
        }
        giveBack(rows, body.path("arguments").path("extension_attributes").path("return_to_stock_items"));
        order.put("total_refunded", number(order, "total_refunded").add(total));
        boolean closed = number(order, "total_refunded").compareTo(number(order, "grand_total")) >= 0;
        orders.touch(closed ? order.put("state", "closed").put("status", "closed") : order);
        return document(
                MEMOS,
                order,
                commented(
                        SandboxStore.document()
                                .put("grand_total", total)
                                .put(
                                        "order_currency_code",
                                        order.path("order_currency_code").asText())
                                .put("state", 2),
                        body));
    }

    private static void items(ObjectNode document, Map<ObjectNode, BigDecimal> rows) {
        ArrayNode items = document.putArray("items");
        rows.forEach((row, quantity) -> items.addObject()
                .put("order_item_id", row.path("item_id").asLong())
                .put("sku", row.path("sku").asText())
                .put("price", row.path("price").decimalValue())
                .put("qty", quantity));
    }

    List<ObjectNode> list(String documents) {
        List<ObjectNode> all = store.list(documents);
        if (quirks.on(Twist.COMMENTS_UNLISTED)) {
            all.forEach(document -> document.remove("comments"));
        }
        return all;
    }

    ObjectNode comments(String documents, String id) {
        ObjectNode document = store.get(documents, id);
        if (document == null) {
            throw Refusal.missing();
        }
        ObjectNode answer = SandboxStore.document();
        answer.set("items", document.path("comments"));
        return answer.put("total_count", document.path("comments").size());
    }

    private ObjectNode open(String id, String refusal) {
        ObjectNode order = orders.get(id);
        if (List.of("canceled", "closed", "holded").contains(order.path("state").asText())) {
            throw Refusal.bad(refusal);
        }
        return order;
    }

    /** Listed units go back where they left from; those that never left give their reservation back, listed or not. */
    private void giveBack(Map<ObjectNode, BigDecimal> rows, JsonNode returned) {
        List<String> ids = new ArrayList<>();
        returned.forEach(id -> ids.add(id.asText()));
        rows.forEach((row, quantity) -> {
            BigDecimal unshipped = number(row, "qty_ordered")
                    .subtract(number(row, "qty_shipped"))
                    .subtract(number(row, "qty_refunded"))
                    .max(BigDecimal.ZERO)
                    .min(quantity);
            sources.take(row.path("sku").asText(), unshipped.negate());
            if (ids.contains(row.path("item_id").asText()) && quantity.compareTo(unshipped) > 0) {
                sources.change(row.path("sku").asText(), Sources.DEFAULT, quantity.subtract(unshipped));
            }
            add(row, "qty_refunded", quantity);
        });
    }

    private static BigDecimal total(Map<ObjectNode, BigDecimal> rows, JsonNode arguments) {
        BigDecimal sum = number(arguments, "shipping_amount")
                .add(number(arguments, "adjustment_positive"))
                .subtract(number(arguments, "adjustment_negative"));
        for (Map.Entry<ObjectNode, BigDecimal> row : rows.entrySet()) {
            sum = sum.add(number(row.getKey(), "price").multiply(row.getValue()));
        }
        return sum;
    }

    /** The rows that the call names; all that is left when it names none. */
    private static Map<ObjectNode, BigDecimal> asked(ObjectNode order, JsonNode body, String done) {
        if (body.path("items").isEmpty()) {
            return left(order, done);
        }
        Map<ObjectNode, BigDecimal> rows = new LinkedHashMap<>();
        for (JsonNode item : body.path("items")) {
            for (JsonNode row : order.path("items")) {
                if (row.path("item_id").asLong() == item.path("order_item_id").asLong()) {
                    rows.put((ObjectNode) row, number(item, "qty"));
                }
            }
        }
        return rows;
    }

    private static Map<ObjectNode, BigDecimal> left(ObjectNode order, String done) {
        Map<ObjectNode, BigDecimal> rows = new LinkedHashMap<>();
        for (JsonNode row : order.path("items")) {
            BigDecimal rest = number(row, "qty_ordered")
                    .subtract(number(row, "qty_canceled"))
                    .subtract(number(row, done));
            if (rest.signum() > 0) {
                rows.put((ObjectNode) row, rest);
            }
        }
        return rows;
    }

    private static ObjectNode stated(ObjectNode order) {
        boolean complete = left(order, "qty_shipped").isEmpty()
                && left(order, "qty_invoiced").isEmpty();
        String state = complete ? "complete" : "processing";
        return order.put("state", state).put("status", state);
    }

    private static ObjectNode commented(ObjectNode document, JsonNode body) {
        ArrayNode comments = document.putArray("comments");
        if (body.has("comment")) {
            comments.add(body.path("comment"));
        }
        return document;
    }

    private String document(String kind, ObjectNode order, ObjectNode document) {
        long id = store.next(kind);
        document.put("entity_id", id)
                .put("increment_id", "%09d".formatted(id))
                .put("order_id", order.path("entity_id").asLong())
                .put("created_at", Orders.time(clock.instant()))
                .put("updated_at", Orders.time(clock.instant()));
        store.put(kind, Long.toString(id), document);
        return Long.toString(id);
    }

    private static void add(ObjectNode row, String field, BigDecimal more) {
        row.put(field, number(row, field).add(more));
    }

    private static BigDecimal number(JsonNode row, String field) {
        return row.path(field).decimalValue();
    }
}
