package dev.weir.orders.internal;

import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import java.time.Instant;

/** What does calling an order off undo? Units, journal, and every earlier refund of it; once. */
final class Cancellation {
    private final OrderStore store;
    private final Units units;
    private final Bookings bookings;
    private final OrderNews news;

    Cancellation(OrderStore store, Units units, Bookings bookings, OrderNews news) {
        this.store = store;
        this.units = units;
        this.bookings = bookings;
        this.news = news;
    }

    /** {@code order} is locked by the caller. */
    Intake cancel(StoredOrder order, String reason, Instant at) {
        if (order.state() == OrderView.State.CANCELLED) {
            return new Intake.Unchanged(order.id());
        }
        units.giveBackAll(order, "order/" + order.id() + "/cancelled");
        units.calledOff(order.view());
        bookings.reversal(order.view(), at);
        StoredOrder cancelled = order.moved(OrderView.State.CANCELLED, false, false);
        store.move(cancelled);
        store.setCancelReason(order.id(), reason);
        news.cancelled(cancelled, reason);
        return new Intake.Done(order.id(), "cancelled");
    }
}
