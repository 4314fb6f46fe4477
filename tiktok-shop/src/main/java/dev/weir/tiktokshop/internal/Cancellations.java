package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Lane;
import java.util.ArrayList;
import java.util.List;

/** What was asked to be called off or sent back, and how far is it? Versions 202309 of the after-sales API. */
final class Cancellations {
    private static final String BASE = "/return_refund/202309/";

    private final TikTokClient client;

    Cancellations(TikTokClient client) {
        this.client = client;
    }

    /** Every cancellation of one order. */
    List<JsonNode> ofOrder(String order) {
        ObjectNode body = TikTokClient.JSON.createObjectNode();
        body.putArray("order_ids").add(order);
        List<JsonNode> found = new ArrayList<>();
        client.pages(
                TikTokCall.post(Lane.ORDER, "CancelSearch", BASE + "cancellations/search", body),
                page -> page.path("cancellations").forEach(found::add));
        found.removeIf(each -> !each.path("order_id").asText().equals(order));
        return found;
    }

    /** One cancellation of {@code order}; throws {@link Fault#NOT_FOUND}. */
    JsonNode ofOrder(String order, String cancel) {
        return ofOrder(order).stream()
                .filter(each -> each.path("cancel_id").asText().equals(cancel))
                .findFirst()
                .orElseThrow(() -> missing("cancellation", cancel));
    }

    /** One return; throws {@link Fault#NOT_FOUND}. */
    JsonNode returned(String id) {
        ObjectNode body = TikTokClient.JSON.createObjectNode();
        body.putArray("return_ids").add(id);
        JsonNode data = client.send(TikTokCall.post(Lane.ORDER, "ReturnSearch", BASE + "returns/search", body)
                .with("page_size", "10"));
        for (JsonNode each : data.path("return_orders")) {
            if (each.path("return_id").asText().equals(id)) {
                return each;
            }
        }
        throw missing("return", id);
    }

    /** Asks, without a key: the platform takes none here, so whoever asks looks first. */
    void create(String order, List<String> lines, String reason) {
        ObjectNode body =
                TikTokClient.JSON.createObjectNode().put("order_id", order).put("cancel_reason", reason);
        lines.forEach(body.putArray("order_line_item_ids")::add);
        client.send(TikTokCall.post(Lane.ORDER, "CancelOrder", BASE + "cancellations", body)
                .once());
    }

    /** Says yes to what a buyer asked for. */
    void approve(String cancel, String key) {
        client.send(TikTokCall.post(
                        Lane.ORDER,
                        "CancelApprove",
                        BASE + "cancellations/" + cancel + "/approve",
                        TikTokClient.JSON.createObjectNode())
                .with("idempotency_key", key));
    }

    private static ChannelException missing(String what, String id) {
        return new ChannelException(Fault.NOT_FOUND, what + " " + id + ": the shop has none of that id");
    }
}
