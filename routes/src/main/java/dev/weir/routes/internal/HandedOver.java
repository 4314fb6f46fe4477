package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.HandOver;
import dev.weir.connectors.Order;
import dev.weir.orders.OrderView;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which orders go on to the brand's backend? Those of our own checkout once the money is taken; those that a channel sold once they are
 * paid there, have their units and are not held back, where that connection hands orders over.
 */
final class HandedOver {
    private final Wiring wiring;

    HandedOver(Wiring wiring) {
        this.wiring = wiring;
    }

    /** The order that {@code event} says is to be handed over now, or null. */
    @Nullable
    UUID order(JsonNode event) {
        UUID captured = OrderPushes.captured(event);
        if (captured != null) {
            return captured;
        }
        JsonNode order = event.path("payload");
        boolean paid = switch (event.path("type").asText()) {
            case "OrderPaid", "OrderSupplied" -> order.path("state").asText().equals(OrderView.State.PAID.name());
            default -> false;
        };
        return paid && order.hasNonNull("connectionId") && isHandedOn(order)
                ? UUID.fromString(order.path("orderId").asText())
                : null;
    }

    private boolean isHandedOn(JsonNode order) {
        Optional<Connection> seller = wiring.connections()
                .find(UUID.fromString(order.path("connectionId").asText()))
                .filter(connection -> !Wiring.isBackend(connection));
        if (seller.isEmpty()) {
            return false;
        }
        try {
            return of(seller.get())
                    .takes(Order.BY_CHANNEL.equals(order.path("sentBy").asText()));
        } catch (ChannelException e) {
            // Noted all the same: the push fails with the same words, where the operator sees them.
            return true;
        }
    }

    /** Why an order that was noted is not handed over after all; null when it is. */
    @Nullable
    String refusal(OrderView order) {
        UUID seller = order.connectionId();
        if (order.state() == OrderView.State.CANCELLED) {
            return "cancelled before the backend was told";
        }
        // One that is gone meanwhile cannot say no any more, and its order was paid.
        return Optional.ofNullable(seller)
                .flatMap(wiring.connections()::find)
                .filter(connection -> of(connection) == HandOver.NO)
                .map(connection ->
                        "orders of " + connection.name() + " are not handed over: " + HandOver.SETTING + " is no")
                .orElse(null);
    }

    private HandOver of(Connection connection) {
        Channel channel = wiring.channels().get(connection.channel());
        return channel == null ? HandOver.NO : channel.handOver(connection);
    }
}
