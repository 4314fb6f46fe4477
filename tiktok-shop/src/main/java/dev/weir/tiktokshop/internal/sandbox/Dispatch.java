package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashSet;
import java.util.Set;

/** How do goods leave? The seller marks lines as shipped, or hands TikTok's packages over. The caller holds the store's lock. */
final class Dispatch {
    private static final String CARRIER = "7117858858072016646";

    private final SandboxStore store;
    private final ShopOrders orders;
    private final Inventory inventory;

    Dispatch(SandboxStore store, ShopOrders orders, Inventory inventory) {
        this.store = store;
        this.orders = orders;
        this.inventory = inventory;
    }

    ObjectNode carriers() {
        ObjectNode data = SandboxStore.document();
        var carriers = data.putArray("shipping_providers");
        carriers.addObject().put("id", CARRIER).put("name", "Royal Mail");
        carriers.addObject().put("id", "7117858858072016647").put("name", "DHL");
        return data;
    }

    ObjectNode mark(String id, JsonNode body) {
        ObjectNode order = orders.get(id);
        shippable(order);
        if (!order.path("shipping_type").asText().equals("SELLER")) {
            throw new Refusal(200, 12052901, "status forbids the operation: TikTok ships this order");
        }
        if (body.path("tracking_number").asText("").isBlank()
                || body.path("shipping_provider_id").asText("").isBlank()) {
            throw new Refusal(200, 98001004, "parameter invalid: tracking_number and shipping_provider_id");
        }
        Set<String> named = new HashSet<>();
        body.path("order_line_item_ids").forEach(line -> named.add(line.asText()));
        String packed = Long.toString(1_152_000_000_000_000_000L + store.next("package"));
        for (JsonNode line : order.path("line_items")) {
            if (named.isEmpty() || named.contains(line.path("id").asText())) {
                leave((ObjectNode) line, packed, body.path("tracking_number").asText());
            }
        }
        orders.put(settled(order));
        return SandboxStore.document().put("order_id", id).put("package_id", packed);
    }

    ObjectNode handOver(String packed, JsonNode body) {
        if (!Set.of("PICKUP", "DROP_OFF").contains(body.path("handover_method").asText())) {
            throw new Refusal(200, 98001004, "parameter invalid: handover_method");
        }
        boolean found = false;
        for (ObjectNode order : orders.all()) {
            boolean here = false;
            for (JsonNode line : order.path("line_items")) {
                if (line.path("package_id").asText().equals(packed)) {
                    here = true;
                }
            }
            if (here) {
                shippable(order);
                for (JsonNode line : order.path("line_items")) {
                    leave((ObjectNode) line, packed, "TT" + packed);
                }
                orders.put(settled(order));
                found = true;
            }
        }
        if (!found) {
            throw new Refusal(200, 21008111, "package does not belong to the seller");
        }
        return SandboxStore.document();
    }

    private static void shippable(ObjectNode order) {
        String status = order.path("status").asText();
        if (!Set.of("AWAITING_SHIPMENT", "PARTIALLY_SHIPPING").contains(status)) {
            throw new Refusal(200, 12052901, "status forbids the operation: order is " + status);
        }
    }

    private void leave(ObjectNode line, String packed, String tracking) {
        if (line.path("display_status").asText().equals("AWAITING_SHIPMENT")) {
            inventory.ship(line.path("sku_id").asText(), 1);
            line.put("display_status", "AWAITING_COLLECTION")
                    .put("package_id", packed)
                    .put("tracking_number", tracking)
                    .put("shipping_provider_id", CARRIER)
                    .put("shipping_provider_name", "Royal Mail");
        }
    }

    /** The order as its lines have it. */
    private ObjectNode settled(ObjectNode order) {
        boolean waits = false;
        for (JsonNode line : order.path("line_items")) {
            waits |= line.path("display_status").asText().equals("AWAITING_SHIPMENT");
        }
        if (!waits) {
            return orders.state(order, "AWAITING_COLLECTION");
        }
        return order.put("status", "PARTIALLY_SHIPPING");
    }
}
