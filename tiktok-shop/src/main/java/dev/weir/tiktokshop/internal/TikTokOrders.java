package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderPoll;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.mapping.Canonical;
import dev.weir.connectors.mapping.Mappings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which orders does the shop have, as it states them now? N units of a SKU are N lines there and one line here. */
public final class TikTokOrders implements OrderPoll {
    private static final Logger LOG = LoggerFactory.getLogger(TikTokOrders.class);
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 50;

    private final TikTokClient client;
    private final Mappings mappings;

    /** The orders of one shop. */
    public TikTokOrders(TikTokClient client, Mappings mappings) {
        this.client = client;
        this.mappings = mappings;
    }

    /**
     * As the port says; more than a page when more orders than that changed in one second, because the platform's clock counts
     * seconds and the caller could not get past them. At most 50 pages. An order that cannot be read must not keep the later ones
     * from coming in: it is left out with a warning, and its webhook is parked for people to see.
     */
    @Override
    public List<Order> changedSince(Instant since) {
        ObjectNode body = TikTokClient.JSON.createObjectNode().put("update_time_ge", since.getEpochSecond());
        TikTokCall search = TikTokCall.post(Lane.ORDER, "OrderSearch", "/order/202309/orders/search", body)
                .with("page_size", Integer.toString(PAGE))
                .with("sort_field", "update_time")
                .with("sort_order", "ASC");
        List<Order> changed = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MOST_PAGES && !isEnough(changed, since); page++) {
            JsonNode data = client.send(search.with("page_token", token));
            data.path("orders").forEach(order -> add(order, changed));
            token = data.path("next_page_token").asText("");
            if (token.isEmpty()) {
                break;
            }
        }
        return changed;
    }

    private static boolean isEnough(List<Order> changed, Instant since) {
        return changed.size() >= PAGE && changed.getLast().updatedAt().isAfter(since);
    }

    private void add(JsonNode order, List<Order> changed) {
        try {
            changed.add(mapped(order));
        } catch (ChannelException e) {
            LOG.warn("Order {} is left out of the poll: {}", order.path("id").asText(), e.getMessage());
        }
    }

    private Order mapped(JsonNode order) {
        return Canonical.order(mappings.apply("tiktok-shop", "order", order));
    }

    Order fetch(String externalId) {
        return mapped(detail(externalId));
    }

    /** The order in the platform's own shape; throws {@link Fault#NOT_FOUND}. */
    JsonNode detail(String externalId) {
        JsonNode data = client.send(TikTokCall.get(Lane.ORDER, "OrderDetail", "/order/202507/orders")
                .with("ids", externalId));
        for (JsonNode order : data.path("orders")) {
            if (order.path("id").asText().equals(externalId)) {
                return order;
            }
        }
        throw new ChannelException(Fault.NOT_FOUND, "order " + externalId + ": the shop has none of that id");
    }
}
