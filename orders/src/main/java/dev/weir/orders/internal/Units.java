package dev.weir.orders.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderView;
import dev.weir.reservation.Reservations;
import dev.weir.reservation.Sale;
import dev.weir.reservation.SaleOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How do an order's units leave stock and come back? In the caller's transaction, each unit once. */
final class Units {
    private static final Logger LOG = LoggerFactory.getLogger(Units.class);

    private final JdbcClient jdbc;
    private final Reservations reservations;

    Units(JdbcClient jdbc, Reservations reservations) {
        this.jdbc = jdbc;
        this.reservations = reservations;
    }

    /** False when the channel sold what was not there: nothing was taken. */
    boolean take(OrderView order, String cause) {
        return switch (reservations.sell(sale(order, StoredOrder.units(order.lines()), cause))) {
            case SaleOutcome.Taken taken -> true;
            case SaleOutcome.Shortfall(Sku sku, int asked, int available) -> {
                LOG.warn("Order {} is short: {} units of {} asked, {} there", order.id(), asked, sku, available);
                yield false;
            }
        };
    }

    /** The order whose sale has that cause; empty for causes that are not an order's. */
    static Optional<UUID> orderOf(String cause) {
        String[] parts = cause.split("/", 3);
        return parts.length > 1 && parts[0].equals("order") ? ShowRules.uuid(parts[1]) : Optional.empty();
    }

    /** The order wants no units any more, or others: a case of its shortfall has nothing left to decide. */
    void calledOff(OrderView order) {
        reservations.calledOff(order.brand(), "order/" + order.id());
    }

    /** Puts back whatever earlier refunds did not. */
    void giveBackAll(StoredOrder order, String cause) {
        giveBack(order, StoredOrder.units(order.view().lines()), cause);
    }

    /** Puts back at most {@code wanted}, at most what is still out; returns what was put back, in units by SKU. */
    Map<String, Integer> giveBack(StoredOrder order, Map<Sku, Integer> wanted, String cause) {
        Map<Sku, Integer> back = new TreeMap<>();
        if (order.unitsTaken()) {
            Map<Sku, Integer> out = out(order.view());
            wanted.forEach((sku, units) -> back.put(sku, Math.min(units, out.getOrDefault(sku, 0))));
            back.values().removeIf(units -> units <= 0);
        }
        if (!back.isEmpty()) {
            reservations.giveBack(sale(order.view(), back, cause), "order/" + order.id());
        }
        Map<String, Integer> named = new TreeMap<>();
        back.forEach((sku, units) -> named.put(sku.value(), units));
        return named;
    }

    private Map<Sku, Integer> out(OrderView order) {
        Map<Sku, Integer> out = StoredOrder.units(order.lines());
        for (Map<String, Integer> back : restocked(order.id())) {
            back.forEach((sku, units) -> out.merge(new Sku(sku), -units, Math::addExact));
        }
        return out;
    }

    private List<Map<String, Integer>> restocked(UUID orderId) {
        return jdbc.sql("select restocked from order_refund where order_id = :order")
                .param("order", orderId)
                .query((row, n) -> Sql.read(row.getString(1), new TypeReference<Map<String, Integer>>() {}))
                .list();
    }

    private static Sale sale(OrderView order, Map<Sku, Integer> units, String cause) {
        return new Sale(order.brand(), order.channel(), units, cause);
    }
}
