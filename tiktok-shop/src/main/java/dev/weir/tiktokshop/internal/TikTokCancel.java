package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.OrderCancel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How is an order called off by the seller? The platform takes no idempotency key for it, so the order and what was asked for
 * it are looked up first; what a buyer asked for already is approved instead. It refuses orders that have left.
 */
public final class TikTokCancel implements OrderCancel {
    /** Reasons are the platform's codes; which hold where is not published, so both can be set. */
    private static final String PAID_REASON = "seller_cancel_reason_out_of_stock";

    private static final String UNPAID_REASON = "seller_cancel_unpaid_reason_out_of_stock";

    private final TikTokClient client;
    private final TikTokOrders orders;
    private final Cancellations cancellations;

    /** Cancellations at one shop. */
    public TikTokCancel(TikTokClient client, TikTokOrders orders) {
        this.client = client;
        this.orders = orders;
        cancellations = new Cancellations(client);
    }

    @Override
    public void cancel(String key, String externalId, String reason) {
        JsonNode order = orders.detail(externalId);
        if (Statuses.of(order.path("status")).equals(Statuses.CANCELLED)) {
            return;
        }
        List<String> lines = lines(order);
        Optional<JsonNode> standing = cancellations.ofOrder(externalId).stream()
                .filter(each -> covers(each, lines))
                .findFirst();
        if (standing.isEmpty()) {
            cancellations.create(externalId, lines, reason(order));
        } else if (Statuses.of(standing.get().path("cancel_status")).equals(Statuses.CANCEL_PENDING)
                && standing.get().path("role").asText().equals("BUYER")) {
            cancellations.approve(standing.get().path("cancel_id").asText(), key);
        }
    }

    private static List<String> lines(JsonNode order) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : order.path("line_items")) {
            if (!Statuses.of(line.path("display_status")).equals(Statuses.CANCELLED)) {
                lines.add(line.path("id").asText());
            }
        }
        return lines;
    }

    /** Whether {@code cancellation} stands, and is of all that is left of the order. */
    private static boolean covers(JsonNode cancellation, List<String> lines) {
        if (Statuses.of(cancellation.path("cancel_status")).equals(Statuses.CANCEL_WITHDRAWN)) {
            return false;
        }
        Set<String> named = new HashSet<>();
        cancellation
                .path("cancel_line_items")
                .forEach(line -> named.add(line.path("order_line_item_id").asText()));
        return named.isEmpty() || named.containsAll(lines);
    }

    private String reason(JsonNode order) {
        boolean unpaid = order.path("status").asText().equals("UNPAID");
        return unpaid
                ? client.connection().setting("unpaidCancelReason", UNPAID_REASON)
                : client.connection().setting("cancelReason", PAID_REASON);
    }
}
