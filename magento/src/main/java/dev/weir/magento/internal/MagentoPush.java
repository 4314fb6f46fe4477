package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Listing;
import dev.weir.connectors.OrderCancel;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import dev.weir.connectors.StockWrite;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How does an order that was paid here get into Magento? By a guest cart, paid by the offline method "Purchase Order"
 * (which the shop must have enabled), its number being our {@link Marker}. Prices are Magento's own.
 */
public final class MagentoPush implements OrderPush, OrderCancel {
    private static final Logger LOG = LoggerFactory.getLogger(MagentoPush.class);

    private final MagentoClient client;
    private final Connection connection;
    private final MagentoStock stock;
    private final ReentrantLock turn;

    /** A push to one shop; {@code turn} is shared by all that writes stock or orders there. */
    public MagentoPush(MagentoClient client, Connection connection, MagentoStock stock, ReentrantLock turn) {
        this.client = client;
        this.connection = connection;
        this.stock = stock;
        this.turn = turn;
    }

    @Override
    public String push(Request order) {
        String marker = Marker.of(connection, order.key());
        turn.lock();
        try {
            String earlier = find(order.email(), marker);
            if (earlier != null) {
                return earlier;
            }
            String id = place(order, marker);
            comment(id, note(order));
            return id;
        } finally {
            turn.unlock();
        }
    }

    /** Magento knows no key, but cancels an order once: a repeat answers false, and the order's state says why. */
    @Override
    public void cancel(String key, String externalId, String reason) {
        String path = "/orders/" + Search.encode(externalId);
        if (client.repeatable("orderCancel", path + "/cancel", MagentoClient.object())
                .asBoolean()) {
            comment(externalId, "Cancelled by Weir: " + reason);
            return;
        }
        String state = client.get("order", path).path("state").asText();
        if (!state.equals("canceled")) {
            throw new ChannelException(
                    Fault.REJECTED,
                    "order: " + externalId + " is " + state + " (expected: one not invoiced; refund it)");
        }
    }

    /** Units sold here are no longer salable there; the last ones are put back for the order that takes them. */
    private String place(Request order, String marker) {
        List<StockWrite.Target> before = lendMissing(order);
        try {
            GuestCart cart = GuestCart.create(client);
            order.lines().forEach(line -> cart.add(line.line()));
            ObjectNode address = GuestCart.address(order);
            cart.ship(address);
            return cart.place(order.email(), marker, address);
        } catch (ChannelException e) {
            String placed = e.fault() == Fault.OUTCOME_UNKNOWN ? find(order.email(), marker) : null;
            if (placed != null) {
                return placed;
            }
            if (e.fault() != Fault.OUTCOME_UNKNOWN && !before.isEmpty()) {
                stock.write(before);
            }
            throw e;
        }
    }

    /** Raises what is short to what the order needs; returns the levels that were there. */
    private List<StockWrite.Target> lendMissing(Request order) {
        Map<Sku, Integer> needed = new LinkedHashMap<>();
        Map<Sku, Listing> listings = new LinkedHashMap<>();
        for (Line line : order.lines()) {
            needed.merge(line.line().sku(), line.line().quantity(), Math::addExact);
            listings.put(line.line().sku(), line.listing());
        }
        Map<String, BigDecimal> salable =
                stock.salable(needed.keySet().stream().map(Sku::value).toList());
        List<StockWrite.Target> before = new ArrayList<>();
        List<StockWrite.Target> raised = new ArrayList<>();
        listings.forEach((sku, listing) -> {
            BigDecimal there = salable.get(sku.value());
            if (there != null && MagentoStock.whole(there) < needed.getOrDefault(sku, 0)) {
                before.add(new StockWrite.Target(new StockLevel(sku, MagentoStock.whole(there), 0), listing));
                raised.add(new StockWrite.Target(new StockLevel(sku, needed.getOrDefault(sku, 0), 0), listing));
            }
        });
        stock.write(raised);
        return before;
    }

    private @Nullable String find(String email, String marker) {
        Search search = new Search()
                .where("customer_email", "eq", email)
                .descending("entity_id")
                .page(100, 1);
        for (JsonNode order : client.get("orders", "/orders", search).path("items")) {
            if (Marker.numberOf(order).equals(marker)) {
                return order.path("entity_id").asText();
            }
        }
        return null;
    }

    /** The order stands without it: a comment that fails is only logged. */
    private void comment(String id, String text) {
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

    private static String note(Request order) {
        StringBuilder text = new StringBuilder("Weir order ")
                .append(order.key())
                .append(", paid ")
                .append(order.total());
        if (order.paymentReference() != null) {
            text.append(" by ").append(order.paymentReference());
        }
        order.notes()
                .forEach((name, value) ->
                        text.append("; ").append(name).append(": ").append(value));
        return text.toString();
    }
}
