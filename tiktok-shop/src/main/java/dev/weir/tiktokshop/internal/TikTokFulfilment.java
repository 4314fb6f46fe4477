package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Fulfilment;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Shipment;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How does TikTok hear that goods have left? Orders that the seller ships are marked with carrier and number; of orders that
 * TikTok ships, the packages are handed over. The platform keeps no id of ours, so lines that have left already are looked up
 * first: a shipment that was noted comes back with its package.
 */
public final class TikTokFulfilment implements Fulfilment {
    private static final String BASE = "/fulfillment/202309/";

    private final TikTokClient client;
    private final TikTokOrders orders;
    private final Carriers carriers;

    /** Shipments of one shop. */
    public TikTokFulfilment(TikTokClient client, TikTokOrders orders) {
        this.client = client;
        this.orders = orders;
        carriers = new Carriers(client);
    }

    @Override
    public String ship(String orderExternalId, Shipment shipment) {
        JsonNode order = orders.detail(orderExternalId);
        List<JsonNode> lines = lines(order, shipment);
        List<JsonNode> waiting = lines.stream()
                .filter(line -> !Statuses.hasLeft(line.path("display_status").asText()))
                .toList();
        if (waiting.isEmpty()) {
            return told(lines, shipment).path("package_id").asText();
        }
        requireShippable(order);
        return isOfSeller(order) ? mark(order, waiting, shipment) : handOver(waiting, orderExternalId);
    }

    /** The lines that the shipment means; those called off are never among them. */
    private static List<JsonNode> lines(JsonNode order, Shipment shipment) {
        List<JsonNode> standing = new ArrayList<>();
        for (JsonNode line : order.path("line_items")) {
            if (!Statuses.of(line.path("display_status")).equals(Statuses.CANCELLED)) {
                standing.add(line);
            }
        }
        List<JsonNode> meant = shipment.lines().isEmpty() ? standing : new ArrayList<>();
        for (OrderLine wanted : shipment.lines()) {
            List<JsonNode> found = standing.stream()
                    .filter(line -> !meant.contains(line) && isOf(order, line, wanted, shipment))
                    .sorted(Comparator.comparing(line -> !hasNumber(line, shipment)))
                    .limit(wanted.quantity())
                    .toList();
            if (found.size() < wanted.quantity()) {
                throw rejected(
                        order,
                        "has " + found.size() + " of " + wanted.sku() + " to ship (expected: " + wanted.quantity()
                                + ")");
            }
            meant.addAll(found);
        }
        if (meant.isEmpty()) {
            throw rejected(order, "has no line to ship: it was called off");
        }
        return meant;
    }

    /** By the platform's id where we know it, else by SKU: then one that waits, or that left with this very number. */
    private static boolean isOf(JsonNode order, JsonNode line, OrderLine wanted, Shipment shipment) {
        if (!wanted.externalIds().isEmpty()) {
            return wanted.externalIds().contains(line.path("id").asText());
        }
        boolean free = !isOfSeller(order)
                || !Statuses.hasLeft(line.path("display_status").asText())
                || hasNumber(line, shipment);
        return free && line.path("seller_sku").asText().equals(wanted.sku().value());
    }

    /** Of lines that have all left, one that left with this shipment. */
    private static JsonNode told(List<JsonNode> lines, Shipment shipment) {
        return lines.stream()
                .filter(line -> hasNumber(line, shipment))
                .findFirst()
                .orElse(lines.getFirst());
    }

    private static boolean hasNumber(JsonNode line, Shipment shipment) {
        return line.path("tracking_number").asText("").equals(shipment.tracking());
    }

    /** Else TikTok ships it, under a number of its own and in packages that may hold more than was meant. */
    private static boolean isOfSeller(JsonNode order) {
        return order.path("shipping_type").asText().equals("SELLER");
    }

    private static void requireShippable(JsonNode order) {
        String status = Statuses.of(order.path("status"));
        if (order.path("is_on_hold_order").asBoolean() || status.equals("ON_HOLD")) {
            throw rejected(order, "is on hold: the buyer may still step back");
        }
        if (status.equals("UNPAID") || status.equals(Statuses.CANCELLED)) {
            throw rejected(order, "is " + status + " (expected: paid and not called off)");
        }
        if (order.path("is_buyer_request_cancel").asBoolean()) {
            throw rejected(order, "is asked to be called off by its buyer: shipping it would refuse that unread");
        }
    }

    private String mark(JsonNode order, List<JsonNode> lines, Shipment shipment) {
        String tracking = shipment.tracking();
        if (tracking == null || tracking.isBlank()) {
            throw rejected(order, "is shipped by the seller: tracking is missing (expected: the carrier's number)");
        }
        ObjectNode body = TikTokClient.JSON
                .createObjectNode()
                .put("tracking_number", tracking)
                .put("shipping_provider_id", carriers.id(order, shipment.carrier()));
        lines.forEach(line ->
                body.withArray("order_line_item_ids").add(line.path("id").asText()));
        String path = BASE + "orders/" + order.path("id").asText() + "/packages";
        return client.send(
                        TikTokCall.post(Lane.ORDER, "MarkShipped", path, body).once())
                .path("package_id")
                .asText();
    }

    /** TikTok tracks these itself; the seller only says how the carrier gets them. Packages may hold combined orders. */
    private String handOver(List<JsonNode> lines, String orderExternalId) {
        Set<String> packages = new LinkedHashSet<>();
        lines.forEach(line -> packages.add(line.path("package_id").asText("")));
        if (packages.contains("")) {
            throw new ChannelException(
                    Fault.NOT_FOUND, "order " + orderExternalId + ": TikTok has not made its package yet");
        }
        ObjectNode body = TikTokClient.JSON
                .createObjectNode()
                .put("handover_method", client.connection().setting("handover", "PICKUP"));
        for (String each : packages) {
            client.send(TikTokCall.post(Lane.ORDER, "PackageShip", BASE + "packages/" + each + "/ship", body)
                    .once());
        }
        return packages.iterator().next();
    }

    private static ChannelException rejected(JsonNode order, String why) {
        return new ChannelException(Fault.REJECTED, "order " + order.path("id").asText() + " " + why);
    }
}
