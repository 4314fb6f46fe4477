package dev.weir.routes.internal;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of the hub's own events is told to others, and in which form? Fields are named one by one, so that what an internal event gains
 * stays inside until somebody decides otherwise. {@code docs/events} is the contract. A CloudEvents 1.0 envelope.
 */
final class PublicFeed {
    static final String ORDERS = "weir.orders.v1";
    static final String STOCK = "weir.stock.v1";
    static final String SHOWS = "weir.shows.v1";
    static final String MONEY = "weir.money.v1";

    /** Deliveries that only a person can help. They name the row and no more of it: what a buyer said can be erased there. */
    static final String DEAD_LETTERS = "weir.deadletters.v1";

    /** Of a delivery that an operator asks for, to see that it arrives; on no topic. */
    static final String TEST = "webhook.test";

    private static final List<String> ORDER = List.of(
            "orderId",
            "channel",
            "connectionId",
            "externalId",
            "backendOrderId",
            "state",
            "placedAt",
            "showId",
            "host",
            "pinSku",
            "total$",
            "amount$",
            "lines$");
    private static final List<String> SHOW = List.of("showId", "slug", "title", "host", "state", "startsAt");
    private static final List<String> PIN = List.of("showId", "pinId", "sku", "host", "mediaTimeMillis");

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            entry("OrderPlaced", new Kind(ORDERS, "order.placed", ORDER)),
            entry("OrderPaid", new Kind(ORDERS, "order.paid", ORDER)),
            entry("OrderShort", new Kind(ORDERS, "order.short", ORDER)),
            entry("OrderSupplied", new Kind(ORDERS, "order.supplied", ORDER)),
            entry("OrderCancelled", new Kind(ORDERS, "order.cancelled", ORDER)),
            entry("OrderRefunded", new Kind(ORDERS, "order.refunded", ORDER)),
            entry(
                    "OrderShipped",
                    new Kind(
                            ORDERS,
                            "order.shipped",
                            List.of("orderId", "shipmentId", "source", "shippedAt", "carrier", "hasTracking"))),
            entry(
                    "StockChanged",
                    new Kind(STOCK, "stock.changed", List.of("sku", "available", "preOrder", "shipsFrom", "version"))),
            entry("ShowPlanned", new Kind(SHOWS, "show.planned", SHOW)),
            entry("ShowStarted", new Kind(SHOWS, "show.started", SHOW)),
            entry("ShowEnded", new Kind(SHOWS, "show.ended", SHOW)),
            entry("PinStarted", new Kind(SHOWS, "pin.started", PIN)),
            entry("PinEnded", new Kind(SHOWS, "pin.ended", PIN)),
            entry(
                    "OrderCaptured",
                    new Kind(MONEY, "payment.captured", List.of("orderId", "gateway", "paymentReference", "amount$"))),
            entry(
                    "JournalPosted",
                    new Kind(
                            MONEY,
                            "journal.posted",
                            List.of(
                                    "entryId",
                                    "orderId",
                                    "kind",
                                    "happenedAt",
                                    "channel",
                                    "showId",
                                    "host",
                                    "postings"))),
            entry(
                    "PayoutStated",
                    new Kind(
                            MONEY,
                            "payout.stated",
                            List.of("connectionId", "externalId", "channel", "statedAt", "paidAt", "amount$"))),
            entry(
                    "DeliveryDead",
                    new Kind(
                            DEAD_LETTERS,
                            "delivery.dead",
                            List.of(
                                    "deliveryId",
                                    "connectionId",
                                    "channel",
                                    "platformTopic",
                                    "fault",
                                    "attempts",
                                    "receivedAt"))));

    private PublicFeed() {}

    /** How an internal type goes out: a field that ends in $ holds money, or lines with a price. */
    private record Kind(String topic, String type, List<String> fields) {
        boolean isLevel() {
            return topic.equals(STOCK);
        }
    }

    /** Every type that goes out, sorted. */
    static List<String> types() {
        return List.copyOf(new TreeSet<>(KINDS.values().stream().map(Kind::type).toList()));
    }

    /** What others are told of the row; null when nothing. Never throws: what cannot be read is left out. */
    static @Nullable PublicEvent told(long id, String brand, String key, String type, Instant at, JsonNode payload) {
        Kind kind = KINDS.get(type);
        if (kind == null) {
            return null;
        }
        String subject = kind.isLevel() ? payload.path("sku").asText(key) : key;
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        kind.fields().forEach(field -> put(data, field, payload));
        return event("evt_" + id, brand, kind.topic(), kind.type(), subject, kind.isLevel(), id, at, data);
    }

    /** One that is for one endpoint alone. */
    static PublicEvent test(String brand, UUID endpoint, Instant at) {
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("endpointId", endpoint.toString());
        return event("evt_test_" + UUID.randomUUID(), brand, "", TEST, endpoint.toString(), false, 0, at, data);
    }

    private static PublicEvent event(
            String id,
            String brand,
            String topic,
            String type,
            String subject,
            boolean isLevel,
            long sequence,
            Instant at,
            ObjectNode data) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("specversion", "1.0")
                .put("id", id)
                .put("source", "weir")
                .put("type", type)
                .put("time", at.toString())
                .put("brand", brand)
                .put("subject", subject)
                // As text of one length, because that is how CloudEvents orders it.
                .put("sequence", String.format(Locale.ROOT, "%019d", sequence))
                .put("datacontenttype", "application/json")
                .set("data", data);
        return new PublicEvent(id, brand, topic, type, subject, isLevel, sequence, at, body.toString());
    }

    private static void put(ObjectNode data, String field, JsonNode payload) {
        boolean isMoney = field.endsWith("$");
        String name = isMoney ? field.substring(0, field.length() - 1) : field;
        JsonNode value = payload.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (isMoney) {
            data.set(name, value.isArray() ? lines(value) : money(value));
        } else {
            data.set(name, value);
        }
    }

    private static JsonNode lines(JsonNode lines) {
        var told = JsonNodeFactory.instance.arrayNode();
        for (JsonNode line : lines) {
            told.addObject()
                    .put("sku", line.path("sku").asText())
                    .put("quantity", line.path("quantity").asInt())
                    .set("unitPrice", money(line.path("unitPrice")));
        }
        return told;
    }

    private static JsonNode money(JsonNode value) {
        try {
            Money money = Money.of(
                    value.path("amount").asText(), value.path("currency").asText());
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("amountMinor", money.minor())
                    .put("currency", money.currency().getCurrencyCode());
        } catch (IllegalArgumentException e) {
            return JsonNodeFactory.instance.nullNode();
        }
    }
}
