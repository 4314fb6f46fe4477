package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which orders does the shop have, as it states them now? N units of a SKU are N lines there and one line here. */
public final class TikTokOrders implements OrderPoll {
    private final TikTokClient client;
    private final Mappings mappings;

    /** The orders of one shop. */
    public TikTokOrders(TikTokClient client, Mappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    @Override
    public List<Order> changedSince(Instant since) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page_size", "100");
        query.put("sort_field", "update_time");
        query.put("sort_order", "ASC");
        ObjectNode body = TikTokClient.JSON.createObjectNode().put("update_time_ge", since.getEpochSecond());
        JsonNode data = client.post("OrderSearch", "/order/202309/orders/search", query, body);
        List<Order> changed = new ArrayList<>();
        for (JsonNode order : data.path("orders")) {
            JsonNode mapped = mappings.apply("tiktok-shop", "order", order);
            if (mapped.hasNonNull("lines")) {
                changed.add(Canonical.order(mapped));
            }
        }
        return changed;
    }

    Order fetch(String externalId) {
        JsonNode data = client.get("OrderDetail", "/order/202507/orders", Map.of("ids", externalId));
        for (JsonNode order : data.path("orders")) {
            if (order.path("id").asText().equals(externalId)) {
                return Canonical.order(mappings.apply("tiktok-shop", "order", order));
            }
        }
        throw new ChannelException(Fault.NOT_FOUND, "order " + externalId + ": the shop has none of that id");
    }
}
