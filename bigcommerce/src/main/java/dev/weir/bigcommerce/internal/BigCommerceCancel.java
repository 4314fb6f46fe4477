package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.http.ReadBack;
import java.util.Optional;
import java.util.Set;

/**
 * How is an order called off? By its status, which BigCommerce lets anybody change to anything at any time and mails to the buyer: so
 * the order is looked up first, what has left the house is refused here, and a lost answer is looked for. No money moves by it.
 */
public final class BigCommerceCancel implements OrderCancel {
    private static final int CANCELLED = 5;
    private static final int DECLINED = 6;
    /** Shipped, partially shipped, completed. */
    private static final Set<Integer> GONE = Set.of(2, 3, 10);

    private final BigCommerceClient client;
    private final ReadBack readBack = new ReadBack();

    /** Cancellations at one store. */
    public BigCommerceCancel(BigCommerceClient client) {
        this.client = client;
    }

    @Override
    public void cancel(String key, String externalId, String reason) {
        JsonNode order = BigCommerceOrders.detail(client, externalId);
        if (isCalledOff(order)) {
            return;
        }
        if (GONE.contains(order.path("status_id").asInt())
                || order.path("items_shipped").asInt() > 0) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "order " + externalId + ": " + order.path("status").asText()
                            + " (expected: one of which nothing was shipped)");
        }
        JsonNode after = readBack.once(() -> callOff(order, reason), () -> calledOff(externalId));
        if (!isCalledOff(after)) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "order " + externalId + ": still " + after.path("status").asText());
        }
    }

    private JsonNode callOff(JsonNode order, String reason) {
        String notes = order.path("staff_notes").asText("");
        ObjectNode body = BigCommerceClient.object()
                .put("status_id", CANCELLED)
                .put("staff_notes", notes.isBlank() ? reason : notes + "\n" + reason);
        return client.once(
                "orderCancel", "PUT", "/v2/orders/" + order.path("id").asText(), body);
    }

    private Optional<JsonNode> calledOff(String externalId) {
        return Optional.of(BigCommerceOrders.detail(client, externalId)).filter(BigCommerceCancel::isCalledOff);
    }

    private static boolean isCalledOff(JsonNode order) {
        int status = order.path("status_id").asInt();
        return status == CANCELLED || status == DECLINED;
    }
}
