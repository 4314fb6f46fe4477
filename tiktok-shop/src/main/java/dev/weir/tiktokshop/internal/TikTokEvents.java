package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What does a delivery of each type say (fact sheet, section 16)? Statuses in it are only hints, because deliveries come late, twice
 * and in any order: orders, cancellations and returns are read from the platform as they stand now.
 */
public final class TikTokEvents {
    static final int INVENTORY_CHANGED = 68;

    private final TikTokOrders orders;
    private final AfterSales afterSales;
    private final Packages packages;

    /** The events of one shop. */
    public TikTokEvents(TikTokOrders orders, AfterSales afterSales, Packages packages) {
        this.orders = orders;
        this.afterSales = afterSales;
        this.packages = packages;
    }

    List<ChannelEvent> of(int type, JsonNode data, Instant receivedAt) {
        return switch (type) {
            case 1, 3 -> List.of(touched(data, type, receivedAt));
            case 4 -> packages(data, receivedAt);
            case 5, 15, 16, 18, 37, 50 ->
                List.of(new ChannelEvent.CatalogueTouched(required(data, "product_id", type), at(data, receivedAt)));
            case 6 -> List.of(new ChannelEvent.AccessLapsing(receivedAt, "the seller withdrew access: " + words(data)));
            case 7 ->
                List.of(new ChannelEvent.AccessLapsing(expiry(data), "the seller's consent ends: " + words(data)));
            case 11 -> cancellation(data, receivedAt);
            case 12 -> returned(data);
            case 27, INVENTORY_CHANGED -> List.of(Levels.of(data, type, receivedAt));
            case 2 -> List.of(new ChannelEvent.Ignored("webhook type 2 is told by types 11 and 12 now"));
            default -> List.of(new ChannelEvent.Ignored("webhook type " + type + " is of no consequence"));
        };
    }

    private static ChannelEvent touched(JsonNode data, int type, Instant receivedAt) {
        return new ChannelEvent.OrderTouched(required(data, "order_id", type), at(data, receivedAt));
    }

    /** The shape of this one is not published: whichever orders it names are read, and what of them has left is told. */
    private List<ChannelEvent> packages(JsonNode data, Instant receivedAt) {
        Set<String> named = new LinkedHashSet<>();
        for (String name : List.of("order_id", "order_ids", "order_id_list")) {
            for (JsonNode found : data.findValues(name)) {
                if (found.isArray()) {
                    found.forEach(id -> named.add(id.asText()));
                } else {
                    named.add(found.asText());
                }
            }
        }
        if (named.isEmpty()) {
            throw new ChannelException(Fault.REJECTED, "type 4: names no order");
        }
        List<ChannelEvent> events = new ArrayList<>();
        for (String order : named) {
            events.add(new ChannelEvent.OrderTouched(order, at(data, receivedAt)));
            events.addAll(packages.shipped(orders.detail(order)));
        }
        return events;
    }

    /** A whole order that was called off says so itself; of a part, only the cancellation knows. */
    private List<ChannelEvent> cancellation(JsonNode data, Instant receivedAt) {
        List<ChannelEvent> events = new ArrayList<>();
        events.add(touched(data, 11, receivedAt));
        String cancel = data.path("cancel_id").asText("");
        if (!cancel.isBlank() && Statuses.of(data.path("cancel_status")).equals(Statuses.CANCEL_COMPLETE)) {
            events.add(new ChannelEvent.RefundStated(
                    afterSales.cancelled(data.path("order_id").asText(), cancel)));
        }
        return events;
    }

    private List<ChannelEvent> returned(JsonNode data) {
        String id = required(data, "return_id", 12);
        String status = Statuses.of(data.path("return_status"));
        return status.equals(Statuses.RETURN_COMPLETE)
                ? List.of(new ChannelEvent.RefundStated(afterSales.returned(id)))
                : List.of(new ChannelEvent.Ignored("return " + id + " is " + status + ": no money went back yet"));
    }

    private static Instant expiry(JsonNode data) {
        String seconds = data.path("expiration_time").asText("");
        if (!seconds.matches("[0-9]{10}")) {
            throw new ChannelException(
                    Fault.REJECTED, "type 7: expiration_time is " + seconds + " (expected: epoch seconds)");
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** As the platform's clock has it; a delivery that names no time was true when it came. */
    private static Instant at(JsonNode data, Instant receivedAt) {
        long seconds = data.path("update_time").asLong(data.path("create_time").asLong());
        return seconds > 0 ? Instant.ofEpochSecond(seconds) : receivedAt;
    }

    private static String required(JsonNode data, String name, int type) {
        String text = data.path(name).asText("");
        if (text.isBlank()) {
            throw new ChannelException(Fault.REJECTED, "type " + type + ": data." + name + " is missing");
        }
        return text;
    }

    private static String words(JsonNode data) {
        return data.path("message").asText("TikTok gave no reason");
    }
}
