package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * How does the other shop of an order hear that it was called off? An order that a channel sold and the backend sends is at two shops: the
 * backend is told what the channel called off, and the channel is asked for what the backend will not send.
 */
final class CallOffRun implements ErrandRun {
    private final Wiring wiring;
    private final ErrandRows rows;

    CallOffRun(Wiring wiring, ErrandRows rows) {
        this.wiring = wiring;
        this.rows = rows;
    }

    /** Notes the errand, when {@code event} is of an order at two shops that one of them called off. */
    void note(JsonNode event) {
        JsonNode order = event.path("payload");
        if (!order.hasNonNull("connectionId")) {
            return;
        }
        UUID seller = UUID.fromString(order.path("connectionId").asText());
        UUID orderId = UUID.fromString(order.path("orderId").asText());
        String brand = event.path("brand").asText();
        switch (event.path("type").asText()) {
            case "OrderCancelled" -> {
                if (order.hasNonNull("backendConnectionId")) {
                    ask(UUID.fromString(order.path("backendConnectionId").asText()), brand, orderId);
                }
            }
            case OrderBook.CALLED_OFF_ELSEWHERE -> ask(seller, brand, orderId);
            default -> {}
        }
    }

    /** In the caller's transaction; once for an order and shop, however often it is asked. */
    void ask(UUID connectionId, String brand, UUID orderId) {
        rows.add(Kind.CANCEL, connectionId, orderId.toString(), brand, orderId, false);
    }

    @Override
    public Kind kind() {
        return Kind.CANCEL;
    }

    @Override
    public int most(Connection connection) {
        return 1;
    }

    @Override
    public Map<Claim, Told> run(Connection connection, List<Claim> claims) {
        Claim claim = claims.getFirst();
        UUID id = Objects.requireNonNull(claim.orderId());
        OrderView order = wiring.order(id);
        boolean isSeller = connection.id().equals(order.connectionId());
        String there = isSeller ? order.externalId() : order.backendOrderId();
        if (there == null) {
            throw new ChannelException(
                    Fault.NOT_FOUND,
                    "order: " + id + " (expected: one whose id at " + connection.name() + " is known)");
        }
        String reason = isSeller ? "the brand cannot send it" : "called off at " + order.channel();
        wiring.channel(connection).orderCancel(connection).cancel("weir-cancel-" + id, there, reason);
        return Map.of(claim, Told.taken(there));
    }
}
