package dev.weir.orders.internal;

import dev.weir.orders.OrderBook.Intake;
import dev.weir.orders.OrderView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    /** {@code order} is locked by the caller; {@code by} is the shop whose word it is, or null. */
    Intake cancel(StoredOrder order, String reason, Instant at, @Nullable UUID by) {
        if (order.state() == OrderView.State.CANCELLED) {
            return new Intake.Unchanged(order.id());
        }
        units.giveBackAll(order, "order/" + order.id() + "/cancelled");
        units.calledOff(order.view());
        bookings.reversal(order.view(), at);
        StoredOrder cancelled = order.moved(OrderView.State.CANCELLED, false, false);
        store.move(cancelled);
        store.setCancelReason(order.id(), reason);
        news.cancelled(cancelled, reason, by);
        return new Intake.Done(order.id(), "cancelled");
    }
}
