package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.Conversions.Purchase;
import dev.weir.connectors.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What does a purchase look like as an event of Meta's Conversions API? A website's event must name the buyer's browser; where
 * that is not known it is an event of another source, rather than one with an invented browser. Stateless.
 */
final class PurchaseEvent {
    private static final String AGENT = "client_user_agent";

    private PurchaseEvent() {}

    /** The event; {@code page} is where the brand sells, for purchases that do not name theirs. */
    static ObjectNode of(Purchase purchase, Instant now, String page) {
        Map<String, String> campaign = purchase.campaign();
        Instant at = purchase.at().isAfter(now) ? now : purchase.at();
        boolean browser = campaign.containsKey(AGENT);
        ObjectNode event = GraphClient.JSON
                .createObjectNode()
                .put("event_name", "Purchase")
                .put("event_time", at.getEpochSecond())
                .put("event_id", purchase.key())
                .put("action_source", browser ? "website" : "other");
        if (browser) {
            event.put("event_source_url", campaign.getOrDefault("event_source_url", page));
        }
        event.set("user_data", buyer(purchase, at));
        event.set("custom_data", goods(purchase));
        return event;
    }

    private static ObjectNode buyer(Purchase purchase, Instant at) {
        ObjectNode buyer = GraphClient.JSON.createObjectNode();
        String email = purchase.email();
        if (email != null && !email.isBlank()) {
            buyer.putArray("em").add(BuyerFacts.hashed(email));
        }
        for (String clear : List.of("fbc", "fbp", "client_ip_address", AGENT)) {
            String value = purchase.campaign().get(clear);
            if (value != null) {
                buyer.put(clear, value);
            }
        }
        String click = purchase.campaign().get("fbclid");
        if (!buyer.has("fbc") && click != null) {
            buyer.put("fbc", BuyerFacts.fbc(click, at));
        }
        if (buyer.isEmpty()) {
            // Meta refuses an event about nobody; the order's id is at least unique to the buyer.
            buyer.putArray("external_id").add(BuyerFacts.hashed(purchase.key()));
        }
        return buyer;
    }

    private static ObjectNode goods(Purchase purchase) {
        ObjectNode goods = GraphClient.JSON
                .createObjectNode()
                .put("currency", purchase.total().currency().getCurrencyCode())
                .put("value", purchase.total().decimal())
                .put("order_id", purchase.key());
        if (purchase.lines().isEmpty()) {
            return goods;
        }
        goods.put("content_type", "product");
        ArrayNode ids = goods.putArray("content_ids");
        ArrayNode contents = goods.putArray("contents");
        for (OrderLine line : purchase.lines()) {
            ids.add(line.sku().value());
            contents.addObject()
                    .put("id", line.sku().value())
                    .put("quantity", line.quantity())
                    .put("item_price", line.unitPrice().decimal());
        }
        return goods.put(
                "num_items",
                purchase.lines().stream().mapToInt(OrderLine::quantity).sum());
    }
}
