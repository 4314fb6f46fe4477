package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderView;
import dev.weir.routes.ChannelErrands;
import dev.weir.routes.ChannelErrands.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How does the buyer of an order that was paid here get what its backend calls off or gives back? The backend moves no money of theirs: our
 * gateway does, in all never more than was paid, whatever comes in which order.
 */
final class BackendRefunds {
    private final Wiring wiring;
    private final ErrandRows rows;
    private final RefundRun refunds;

    BackendRefunds(Wiring wiring, ErrandRows rows, RefundRun refunds) {
        this.wiring = wiring;
        this.rows = rows;
        this.refunds = refunds;
    }

    /** The backend called the order off: all that is left of its money goes back. */
    void calledOff(UUID orderId, UUID backend) {
        OrderView order = wiring.order(orderId);
        String key = "called-off-" + orderId;
        String name = wiring.connections().find(backend).map(Connection::name).orElse("the backend");
        wiring.transaction().executeWithoutResult(status -> {
            Money left = left(order, key);
            if (left.minor() > 0) {
                refunds.add(
                        order, backend, new ChannelErrands.Refund(key, left, Map.of(), "called off at " + name), "");
            }
        });
    }

    /**
     * The backend gave something back, on its books. In the caller's transaction, once for its id of it: what our gateway gave is booked once
     * it has, and units that come without money are booked now.
     */
    OrderBook.Intake gaveBack(OrderView order, Connection backend, Refund refund) {
        String key = "backend-" + refund.externalId();
        // What the backend gave an id to was told by us, and is told back to us.
        if (rows.gave(Kind.REFUND, backend.id(), refund.externalId()) || rows.has(Kind.REFUND, backend.id(), key)) {
            return new OrderBook.Intake.Unchanged(order.id());
        }
        Money left = left(order, key);
        // In another currency nothing is cut: it is refused by name.
        boolean isTooMuch = refund.amount().currency().equals(left.currency())
                && refund.amount().minor() > left.minor();
        Money amount = isTooMuch ? left : refund.amount();
        if (amount.minor() <= 0) {
            return wiring.orders().refund(order.brand(), backend.id(), withoutMoney(refund));
        }
        Map<Sku, Integer> units = new HashMap<>();
        refund.restocked().forEach(line -> units.merge(line.sku(), line.quantity(), Math::addExact));
        String reason = "given back at " + backend.name();
        refunds.add(order, backend.id(), new ChannelErrands.Refund(key, amount, units, reason), refund.externalId());
        return new OrderBook.Intake.Done(order.id(), "is given back through our gateway");
    }

    private static Refund withoutMoney(Refund refund) {
        return new Refund(
                refund.externalId(),
                refund.orderExternalId(),
                refund.at(),
                refund.restocked(),
                Money.zero(refund.amount().currency()));
    }

    private Money left(OrderView order, String key) {
        Money total = order.total();
        long left = total.minor() - rows.refunds(order.id(), key, total.currency());
        return Money.ofMinor(Math.max(0, left), total.currency().getCurrencyCode());
    }
}
