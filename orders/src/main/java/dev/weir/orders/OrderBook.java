package dev.weir.orders;

import dev.weir.connectors.Money;
import dev.weir.connectors.Order;
import dev.weir.connectors.Refund;
import dev.weir.reservation.Hold;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which orders are there, from anywhere? Every write joins the caller's Spring transaction (or opens one) and brings
 * stock, order, attribution, journal and outbox to the same end; repeating it changes nothing. Thread-safe.
 */
public interface OrderBook {
    /** Type of the event that a backend called off an order which was handed over to it; {@code by} is the backend's connection. */
    String CALLED_OFF_ELSEWHERE = "OrderCalledOffElsewhere";

    /**
     * Type of the event that a backend called off or gave back a part of an order, which nobody can be told of as such; {@code by} is its
     * connection, {@code part} what it said, in words.
     */
    String CALLED_OFF_IN_PART = "OrderCalledOffInPart";

    /**
     * Takes in what a channel states; idempotent by connection and external id, older statements are left out. What a backend calls off of
     * the orders that were handed over to it is called off here, once; what it says of them otherwise changes nothing.
     */
    Intake take(String brand, UUID connectionId, Order order);

    /**
     * Books money or units that a channel gave back; {@link Intake.NotYet} when its order is not known. Of an order that another channel
     * sold, the backend that sends it gives back units alone: its buyer paid there, and what went back there is that channel's to say.
     */
    Intake refund(String brand, UUID connectionId, Refund refund);

    /** Books a paid hold: commits it and writes the order; call inside the transaction that records the payment. */
    Placed place(PaidHold paid);

    /** Calls off an order of the player whose capture failed for good: units go back, the journal is reversed; repeatable. */
    Intake cancel(UUID orderId, String reason);

    /**
     * Tries again to take the units of an order that is SHORT, whose sale had {@code cause}; Unchanged when it is not short
     * any more or there are still not enough.
     */
    Intake supply(String cause);

    /** Notes the id that the brand's backend gave; repeatable. */
    void pushed(UUID orderId, UUID connectionId, String externalId);

    /** The order. */
    Optional<OrderView> find(UUID id);

    /** The order that the shop of {@code connectionId} knows by {@code externalId}: one that it sold, or that was handed over to it. */
    Optional<OrderView> at(UUID connectionId, String externalId);

    /**
     * What the journal says of orders that the shop of {@code connectionId} sold, by its ids of them; those that are not known are left out.
     *
     * @param externalIds at most 1,000
     */
    Map<String, Owed> owed(UUID connectionId, Collection<String> externalIds);

    /** Newest first; filters may be null. {@code cursor} is {@link Page#next} of the page before; {@code limit} 1..200. */
    Page list(
            String brand,
            @Nullable UUID showId,
            @Nullable String channel,
            @Nullable String state,
            @Nullable String cursor,
            int limit);

    /** A hold whose payment is authorised or captured. {@code address}: name, line1, line2, city, postalCode, country. */
    record PaidHold(Hold hold, String email, Map<String, String> address, String gateway, String paymentReference) {}

    /** What became of {@link #place}. */
    sealed interface Placed {
        /** Booked now or before; {@code order} is the same both times. */
        record Booked(OrderView order) implements Placed {}

        /** The hold was lost: give the money back. */
        record Lost(String reason) implements Placed {}
    }

    /** What became of a channel's statement. */
    sealed interface Intake {
        /** It changed something. {@code effect} for ops: taken (units only), booked, cancelled, refunded, short. */
        record Done(UUID orderId, String effect) implements Intake {}

        /** Known already, or older than what we have. */
        record Unchanged(UUID orderId) implements Intake {}

        /** It speaks of something not known yet: park it. */
        record NotYet(String reason) implements Intake {}
    }

    /**
     * What an order's buyer paid, less what went back, as it is booked.
     *
     * @param amount zero of one that is not paid yet or was called off
     */
    record Owed(UUID orderId, OrderView.State state, Money amount) {}

    /** A page and the cursor of the next, null at the end. */
    record Page(List<OrderView> items, @Nullable String next) {}
}
