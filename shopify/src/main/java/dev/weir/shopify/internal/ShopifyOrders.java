package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.http.Lane;
import dev.weir.connectors.http.Waits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How does an order paid at the hub reach the shop, once?
 *
 * <p>Inventory: created with {@code BYPASS}. The hub already published the lower {@code available} for these units, and
 * setting {@code available} takes {@code on_hand} down with it; a decrement by the order would count them twice. For the
 * same reason a cancellation does not restock: the hub publishes the higher number itself.
 *
 * <p>Once: {@code orderCreate} knows no idempotency key, so the order carries our key as {@code sourceIdentifier} and is
 * looked up first, and again after an unknown outcome, because Shopify's search lags by seconds.
 */
public final class ShopifyOrders implements OrderPush, OrderCancel {
    private static final int LOOKS = 3;
    private static final int SEARCH_LAG = 30;
    private static final int LONGEST_SEARCH_LAG = 3_600;
    private static final Duration LOOK_PAUSE = Duration.ofSeconds(1);
    private static final Duration CANCEL_PAUSE = Duration.ofMillis(150);
    private static final int CANCEL_LOOKS = 6;
    private static final int MAX_NOTE = 255;

    private static final Operation FIND = new Operation("OrderFind", Lane.ORDER, 4, """
            query OrderFind($query: String!) {
              orders(first: 2, query: $query) { nodes { id sourceIdentifier } pageInfo { hasNextPage } }
            }""");
    private static final Operation CREATE = new Operation("OrderCreate", Lane.ORDER, 18, """
            mutation OrderCreate($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
              orderCreate(order: $order, options: $options) {
                order { id }
                userErrors { field message code }
              }
            }""");
    private static final Operation CANCEL = new Operation("OrderCancel", Lane.ORDER, 10, """
            mutation OrderCancel($id: ID!, $note: String) {
              orderCancel(orderId: $id, reason: OTHER, restock: false, notifyCustomer: false, staffNote: $note) {
                job { id done }
                orderCancelUserErrors { field message code }
              }
            }""");
    private static final Operation STATE = new Operation(
            "OrderState", Lane.ORDER, 1, "query OrderState($id: ID!) { order(id: $id) { id cancelledAt } }");

    private final ShopifyClient client;
    private final Connection connection;
    private final ShopifyPushed pushed;
    private final Clock clock;

    /** Pushes to one shop. */
    public ShopifyOrders(ShopifyClient client, Connection connection, ShopifyPushed pushed, Clock clock) {
        this.clock = clock;
        this.client = client;
        this.connection = connection;
        this.pushed = pushed;
    }

    @Override
    public String push(Request order) {
        return pushed.once(connection.id(), order.key(), () -> {
            String found = find(order.key());
            return found == null ? createUnlessInDoubt(order) : found;
        });
    }

    /** {@code orderCancel} knows no idempotency key either: the order is looked up before and after. */
    @Override
    public void cancel(String key, String externalId, String reason) {
        String id = Gid.of("Order", externalId, Fault.NOT_FOUND);
        if (isCancelled(id)) {
            return;
        }
        List<UserError> errors = askToCancel(id, reason);
        if (Waits.REAL.look(CANCEL_LOOKS, CANCEL_PAUSE, id, () -> isCancelled(id) ? id : null) == null) {
            throw errors.isEmpty()
                    ? new ChannelException(Fault.TRANSIENT, "OrderCancel: " + id + " is still being cancelled")
                    : errors.getFirst().as(Fault.REJECTED, "OrderCancel");
        }
    }

    /** What the shop had against it; nothing when its answer was lost, which the next look tells. */
    private List<UserError> askToCancel(String id, String reason) {
        String note = reason.length() > MAX_NOTE ? reason.substring(0, MAX_NOTE) : reason;
        try {
            JsonNode payload = client.once(
                            CANCEL, ShopifyClient.variables().put("id", id).put("note", note))
                    .path("orderCancel");
            return UserError.of(payload, "orderCancelUserErrors");
        } catch (ChannelException e) {
            if (e.fault() != Fault.OUTCOME_UNKNOWN) {
                throw e;
            }
            return List.of();
        }
    }

    /** A push whose answer was lost may stand there unseen: while the index may lag behind it, it is not made again. */
    private String createUnlessInDoubt(Request order) {
        Instant since = pushed.doubted(connection.id(), order.key());
        Instant certain = since == null ? Instant.MIN : since.plus(searchLag());
        if (certain.isAfter(clock.instant())) {
            throw new ChannelException(
                    Fault.OUTCOME_UNKNOWN,
                    "OrderCreate: whether " + order.key() + " was made is not known until " + certain,
                    Duration.between(clock.instant(), certain),
                    null);
        }
        return create(order);
    }

    private Duration searchLag() {
        return Duration.ofSeconds(connection.number("searchLagSeconds", SEARCH_LAG, 0, LONGEST_SEARCH_LAG));
    }

    private String create(Request order) {
        ObjectNode variables = ShopifyClient.variables();
        variables.set("order", OrderInput.of(order));
        variables.putObject("options").put("inventoryBehaviour", "BYPASS").put("sendReceipt", false);
        JsonNode payload;
        try {
            payload = client.once(CREATE, variables).path("orderCreate");
        } catch (ChannelException e) {
            if (e.fault() != Fault.OUTCOME_UNKNOWN) {
                throw e;
            }
            return lookAgain(order.key(), e);
        }
        List<UserError> errors = UserError.of(payload, "userErrors");
        if (!errors.isEmpty()) {
            UserError first = errors.getFirst();
            throw first.as(
                    first.code().equals("INVENTORY_CLAIM_FAILED") ? Fault.CONFLICT : Fault.REJECTED, "OrderCreate");
        }
        return Gid.number(payload.path("order").path("id").asText());
    }

    private String lookAgain(String key, ChannelException unknown) {
        String found = Waits.REAL.look(LOOKS, LOOK_PAUSE, key, () -> find(key));
        if (found == null) {
            pushed.doubt(connection.id(), key, clock.instant());
            throw unknown;
        }
        return found;
    }

    private @Nullable String find(String key) {
        JsonNode nodes = client.repeatable(
                        FIND,
                        ShopifyClient.variables().put("query", "source_identifier:'" + key.replace("'", "\\'") + "'"))
                .path("orders")
                .path("nodes");
        for (JsonNode order : nodes) {
            if (order.path("sourceIdentifier").asText().equals(key)) {
                return Gid.number(order.path("id").asText());
            }
        }
        return null;
    }

    private boolean isCancelled(String id) {
        JsonNode order = client.repeatable(STATE, ShopifyClient.variables().put("id", id))
                .path("order");
        if (!order.isObject()) {
            throw new ChannelException(Fault.NOT_FOUND, id + ": the shop has no such order");
        }
        return order.hasNonNull("cancelledAt");
    }
}
