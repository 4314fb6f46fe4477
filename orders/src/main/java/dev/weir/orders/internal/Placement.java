package dev.weir.orders.internal;

import dev.weir.connectors.OrderLine;
import dev.weir.orders.OrderBook.PaidHold;
import dev.weir.orders.OrderBook.Placed;
import dev.weir.orders.OrderView;
import dev.weir.reservation.CommitOutcome;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How does a paid hold become an order? Its id follows from the hold's, so a hold is at most one order. */
final class Placement {
    /** No set of rules: what the tap said is not a matter of judgement. */
    private static final int HOLD_ITSELF = 0;

    private final OrderStore store;
    private final Reservations reservations;
    private final Bookings bookings;
    private final Decisions decisions;
    private final OrderNews news;
    private final Clock clock;

    Placement(
            OrderStore store,
            Reservations reservations,
            Bookings bookings,
            Decisions decisions,
            OrderNews news,
            Clock clock) {
        this.store = store;
        this.reservations = reservations;
        this.bookings = bookings;
        this.decisions = decisions;
        this.news = news;
        this.clock = clock;
    }

    Placed place(PaidHold paid) {
        UUID holdId = paid.hold().id();
        UUID orderId = Ids.ofHold(holdId);
        return switch (reservations.commit(holdId, "order/" + orderId)) {
            case CommitOutcome.Committed(Hold hold) -> new Placed.Booked(book(orderId, hold, paid));
            case CommitOutcome.AlreadyCommitted(Hold hold) ->
                store.find(orderId)
                        .<Placed>map(order -> new Placed.Booked(order.view()))
                        .orElseGet(() -> new Placed.Lost(
                                "hold " + hold.id() + " was committed for something other than an order"));
            case CommitOutcome.Lost(String reason) -> new Placed.Lost(reason);
        };
    }

    private OrderView book(UUID orderId, Hold hold, PaidHold paid) {
        Instant now = Sql.now(clock);
        OrderView order = new OrderView(
                orderId,
                hold.brand(),
                hold.attribution().channel(),
                null,
                null,
                OrderView.State.PAID,
                now,
                lines(hold),
                hold.total(),
                paid.email(),
                Map.copyOf(paid.address()),
                hold.attribution(),
                paid.paymentReference(),
                null);
        StoredOrder stored = new StoredOrder(
                order, now, Map.of("hold", hold.id().toString()), hold.id(), paid.gateway(), null, true, true);
        if (!store.insert(stored, now)) {
            throw new IllegalStateException(
                    "order: " + orderId + " exists before its hold " + hold.id() + " was committed (expected: none)");
        }
        Attributions.Decided said =
                new Attributions.Decided(HOLD_ITSELF, hold.attribution(), "the hold carries it", List.of());
        decisions.write(orderId, said, stored.evidence(), "hold/" + hold.id(), null, now);
        bookings.sale(order);
        news.placed(order);
        news.paid(order);
        // Read back, so that this answer and that of a repeat are the same.
        return store.find(orderId).orElseThrow().view();
    }

    private static List<OrderLine> lines(Hold hold) {
        return hold.lines().stream()
                .map(line -> new OrderLine(line.sku(), line.quantity(), line.unitPrice(), List.of()))
                .toList();
    }
}
