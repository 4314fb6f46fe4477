package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does the database know of an order? What everyone may see, and what only intake needs.
 *
 * @param updatedAt the channel's clock of the newest statement
 * @param unitsTaken whether stock was taken for it (and not given back by a cancellation)
 * @param booked whether its sale is in the journal
 */
record StoredOrder(
        OrderView view,
        Instant updatedAt,
        Map<String, String> evidence,
        @Nullable UUID holdId,
        @Nullable String gateway,
        @Nullable UUID backendConnectionId,
        boolean unitsTaken,
        boolean booked) {

    UUID id() {
        return view.id();
    }

    OrderView.State state() {
        return view.state();
    }

    /** The same order in another state. */
    StoredOrder moved(OrderView.State state, boolean taken, boolean inBooks) {
        OrderView v = view;
        OrderView moved = new OrderView(
                v.id(),
                v.brand(),
                v.channel(),
                v.connectionId(),
                v.externalId(),
                state,
                v.placedAt(),
                v.lines(),
                v.total(),
                v.email(),
                v.address(),
                v.attribution(),
                v.paymentReference(),
                v.backendOrderId());
        return new StoredOrder(moved, updatedAt, evidence, holdId, gateway, backendConnectionId, taken, inBooks);
    }

    /** The same order with the clock of a newer statement. */
    StoredOrder asOf(Instant newer) {
        return new StoredOrder(view, newer, evidence, holdId, gateway, backendConnectionId, unitsTaken, booked);
    }

    /** Units by SKU, lines of one SKU summed. */
    static Map<Sku, Integer> units(List<OrderLine> lines) {
        Map<Sku, Integer> units = new TreeMap<>();
        lines.forEach(line -> units.merge(line.sku(), line.quantity(), Math::addExact));
        return units;
    }

    /** Money by SKU, lines of one SKU summed. */
    static Map<Sku, Money> amounts(List<OrderLine> lines) {
        Map<Sku, Money> amounts = new TreeMap<>();
        lines.forEach(line -> amounts.merge(line.sku(), line.amount(), Money::plus));
        return amounts;
    }
}
