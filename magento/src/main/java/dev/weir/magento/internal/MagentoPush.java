package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How does an order that was paid here get into Magento? By a cart, paid by the offline method "Purchase Order"
 * (which the shop must have enabled), its number being our {@link Marker}. Prices are Magento's own.
 */
public final class MagentoPush implements OrderPush, OrderCancel {
    /** Half of what a shop that indexes by schedule usually takes; what was lent stays lent until then. */
    private static final Duration INDEX_PAUSE = Duration.ofSeconds(30);

    private final MagentoClient client;
    private final Connection connection;
    private final MagentoStock stock;
    private final Placing placing;

    /** A push to one shop. */
    public MagentoPush(MagentoClient client, MagentoStock stock) {
        this.client = client;
        this.connection = client.connection();
        this.stock = stock;
        this.placing = new Placing(client);
    }

    @Override
    public String push(Request order) {
        String marker = Marker.of(connection, order.key());
        return client.memory().alone(() -> {
            JsonNode earlier = placing.find(order.email(), marker);
            if (earlier != null) {
                return earlier.path("entity_id").asText();
            }
            Placing.Placed placed = place(order, marker);
            placing.comment(placed.id(), note(order, placed.total()));
            return placed.id();
        });
    }

    /** Magento knows no key, but cancels an order once: a repeat answers false, and the order's state says why. */
    @Override
    public void cancel(String key, String externalId, String reason) {
        if (placing.cancel(externalId)) {
            placing.comment(externalId, "Cancelled by Weir: " + reason);
        }
    }

    /** Units sold here are no longer salable there; the last ones are put back for the order that takes them. */
    private Placing.Placed place(Request order, String marker) {
        Map<Sku, Integer> needed = new LinkedHashMap<>();
        order.lines()
                .forEach(line -> needed.merge(line.line().sku(), line.line().quantity(), Math::addExact));
        List<StockWrite.Target> before = lendMissing(order, needed);
        try {
            return placing.place(order.email(), Addresses.of(order.email(), order.address()), needed, marker);
        } catch (ChannelException e) {
            if (e.fault() == Fault.OUTCOME_UNKNOWN || before.isEmpty()) {
                throw e;
            }
            if (e.fault() == Fault.REJECTED && stock.shortOf(needed)) {
                throw new ChannelException(
                        Fault.TRANSIENT,
                        "stock index: units lent to order " + order.key() + " do not show yet (expected: within "
                                + ShopMemory.INDEX_LAG.toSeconds() + " s)",
                        INDEX_PAUSE,
                        e);
            }
            stock.write(before);
            throw e;
        }
    }

    /** Raises what is short to what the order needs; returns the levels that were there. */
    private List<StockWrite.Target> lendMissing(Request order, Map<Sku, Integer> needed) {
        Map<Sku, Listing> listings = new LinkedHashMap<>();
        order.lines().forEach(line -> listings.put(line.line().sku(), line.listing()));
        Map<String, BigDecimal> salable =
                stock.salable(needed.keySet().stream().map(Sku::value).toList());
        List<StockWrite.Target> before = new ArrayList<>();
        List<StockWrite.Target> raised = new ArrayList<>();
        listings.forEach((sku, listing) -> {
            BigDecimal there = salable.get(sku.value());
            int units = needed.getOrDefault(sku, 0);
            if (there != null && MagentoStock.whole(there) < units) {
                before.add(new StockWrite.Target(new StockLevel(sku, MagentoStock.whole(there), 0), listing));
                raised.add(new StockWrite.Target(new StockLevel(sku, units, 0), listing));
            }
        });
        stock.write(raised);
        return before;
    }

    private static String note(Request order, BigDecimal shopTotal) {
        StringBuilder text = new StringBuilder("Weir order ")
                .append(order.key())
                .append(", paid ")
                .append(order.total());
        if (order.paymentReference() != null) {
            text.append(" by ").append(order.paymentReference());
        }
        if (shopTotal.signum() > 0 && shopTotal.compareTo(order.total().decimal()) != 0) {
            text.append("; by the shop's prices ").append(shopTotal.toPlainString());
        }
        order.notes()
                .forEach((name, value) ->
                        text.append("; ").append(name).append(": ").append(value));
        return text.toString();
    }
}
