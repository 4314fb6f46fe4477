package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Sku;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How is an order of ours placed once, and found again? It carries its {@link Marker} from the step that places it, so a lost answer is
 * looked up before anything is placed again.
 */
final class Placing {
    private static final Logger LOG = LoggerFactory.getLogger(Placing.class);
    private static final int PAGE = 100;

    /** Pages that are looked through for a mark: a guest's own orders fit one, a customer cart's newest 1,000 fit ten. */
    private static final int MOST_PAGES = 10;

    private final MagentoClient client;
    private final Connection connection;

    Placing(MagentoClient client) {
        this.client = client;
        this.connection = client.connection();
    }

    /** The order that carries {@code marker}, or null. */
    @Nullable
    JsonNode find(String email, String marker) {
        String buyer = Cart.isCustomers(connection) ? connection.setting("customerEmail") : email;
        String first = "";
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode answer = client.get(
                    "orders",
                    "/orders",
                    new Search()
                            .where("customer_email", "eq", buyer)
                            .descending("entity_id")
                            .page(PAGE, page));
            for (JsonNode order : answer.path("items")) {
                if (Marker.numberOf(order).equals(marker)) {
                    return order;
                }
            }
            String begins = answer.path("items").path(0).path("entity_id").asText();
            if ((long) page * PAGE >= answer.path("total_count").asLong() || begins.equals(first)) {
                return null;
            }
            first = begins;
        }
        return null;
    }

    /**
     * Places an order; what fails before the last step has placed nothing, whatever became of the cart, and is never
     * {@link Fault#OUTCOME_UNKNOWN}.
     */
    Placed place(String email, ObjectNode address, Map<Sku, Integer> lines, String marker) {
        return Cart.isCustomers(connection)
                ? client.memory().atCart(() -> throughCart(email, address, lines, marker))
                : throughCart(email, address, lines, marker);
    }

    private Placed throughCart(String email, ObjectNode address, Map<Sku, Integer> lines, String marker) {
        Cart cart;
        BigDecimal total;
        try {
            cart = Cart.open(client);
            lines.forEach(cart::add);
            total = cart.ship(address).decimalValue();
        } catch (ChannelException e) {
            throw e.fault() == Fault.OUTCOME_UNKNOWN
                    ? new ChannelException(Fault.TRANSIENT, String.valueOf(e.getMessage()), null, e)
                    : e;
        }
        try {
            return new Placed(cart.place(email, marker, address), total);
        } catch (ChannelException e) {
            JsonNode order =
                    e.fault() == Fault.OUTCOME_UNKNOWN || e.fault() == Fault.NOT_FOUND ? find(email, marker) : null;
            if (order == null) {
                throw e;
            }
            return new Placed(order.path("entity_id").asText(), total);
        }
    }

    /** The order stands without it: a comment that fails is only logged. */
    void comment(String id, String text) {
        ObjectNode entry = MagentoClient.object()
                .put("comment", text)
                .put("is_customer_notified", 0)
                .put("is_visible_on_front", 0);
        try {
            client.once(
                    "orderComment",
                    "/orders/" + Search.encode(id) + "/comments",
                    MagentoClient.object().set("statusHistory", entry));
        } catch (ChannelException e) {
            LOG.warn("Comment on order {} of connection {} not written: {}", id, connection.id(), e.getMessage());
        }
    }

    /** Calls an order off, and whether it was this call that did; refuses with its state one that can no longer be. */
    boolean cancel(String id) {
        String path = "/orders/" + Search.encode(id);
        if (client.repeatable("orderCancel", path + "/cancel", MagentoClient.object())
                .asBoolean()) {
            return true;
        }
        String state = client.get("order", path).path("state").asText();
        if (!state.equals("canceled")) {
            throw new ChannelException(
                    Fault.REJECTED, "order: " + id + " is " + state + " (expected: one not invoiced; refund it)");
        }
        return false;
    }

    /** An order's id and what the shop asks for it, 0 where it did not say. */
    record Placed(String id, BigDecimal total) {}
}
