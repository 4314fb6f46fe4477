package dev.weir.routes.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Signatures;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands.Kind;
import dev.weir.routes.internal.ErrandRows.Claim;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How does the other shop of an order hear that it was called off? An order that a channel sold and the backend sends is at two shops: the
 * backend is told what the channel called off, the channel what the backend did; the buyer of one that was paid here gets their money from
 * {@link BackendRefunds}. Who said it is not told it again. A part of an order cannot be told: such an errand is refused in words, for a
 * person to settle, until nothing is left of the order.
 */
final class CallOffRun implements ErrandRun {
    /** Characters of a part's words that make its key; equal words are one errand. */
    private static final int KEY = 16;

    private final Wiring wiring;
    private final ErrandRows rows;
    private final BackendRefunds refunds;

    CallOffRun(Wiring wiring, ErrandRows rows, BackendRefunds refunds) {
        this.refunds = refunds;
        this.wiring = wiring;
        this.rows = rows;
    }

    /** Notes the errand, when {@code event} is of an order that one of its shops called off. */
    void note(JsonNode event) {
        JsonNode order = event.path("payload");
        UUID seller = id(order, "connectionId");
        UUID by = id(order, "by");
        String brand = event.path("brand").asText();
        switch (event.path("type").asText()) {
            case "OrderCancelled" -> {
                UUID orderId = Objects.requireNonNull(id(order, "orderId"));
                UUID backend = id(order, "backendConnectionId");
                if (seller != null && backend != null && !backend.equals(by)) {
                    ask(backend, brand, orderId);
                }
                rows.lookAgain(Kind.CANCEL, orderId, orderId + "/");
            }
            case OrderBook.CALLED_OFF_ELSEWHERE -> {
                UUID orderId = Objects.requireNonNull(id(order, "orderId"));
                if (seller == null) {
                    refunds.calledOff(orderId, Objects.requireNonNull(by));
                } else {
                    ask(seller, brand, orderId);
                }
            }
            case OrderBook.CALLED_OFF_IN_PART -> part(seller == null ? by : seller, brand, order);
            default -> {}
        }
    }

    /** In the caller's transaction; once for an order and shop, however often it is asked. */
    void ask(UUID connectionId, String brand, UUID orderId) {
        rows.add(Kind.CANCEL, connectionId, orderId.toString(), brand, orderId, false);
    }

    private void part(@Nullable UUID at, String brand, JsonNode order) {
        String words = order.path("part").asText();
        UUID orderId = Objects.requireNonNull(id(order, "orderId"));
        String key = orderId + "/" + digest(words);
        String payload = Json.write(Map.of("part", words));
        rows.add(Kind.CANCEL, Objects.requireNonNull(at), key, brand, orderId, false, payload);
    }

    private static String digest(String words) {
        byte[] mac = Signatures.hmacSha256("part", words.getBytes(StandardCharsets.UTF_8));
        return Signatures.hex(mac).substring(0, KEY);
    }

    private static @Nullable UUID id(JsonNode order, String name) {
        return order.hasNonNull(name) ? UUID.fromString(order.path(name).asText()) : null;
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
        JsonNode asked = Json.read(claim.payload());
        if (asked.hasNonNull("part")) {
            return Map.of(claim, settled(order, connection, asked.path("part").asText()));
        }
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

    private static Told settled(OrderView order, Connection connection, String part) {
        return switch (order.state()) {
            case CANCELLED, REFUNDED -> Told.taken(null);
            case PENDING, PAID, SHORT ->
                throw new ChannelException(
                        Fault.REJECTED,
                        "part: " + part
                                + ", by the backend (expected: the whole order, which alone can be called off at "
                                + connection.name() + "; refund the part, or send it)");
        };
    }
}
