package dev.weir.checkout.internal;

import dev.weir.checkout.Checkouts.State;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.Outbox;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderBook.PaidHold;
import dev.weir.orders.OrderBook.Placed;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Which changes to checkout, hold, order and outbox belong together? Each method is one transaction on the locked row. */
final class Books {
    private static final String LOST = "Your hold ran out before the payment arrived; you have not been charged.";
    private static final String RETURNED =
            "Your hold ran out before the payment arrived; your money is on its way back.";
    private static final String WITHDRAWN = "The payment was cancelled; you have not been charged.";
    private static final String REFUSED = "The payment could not be completed; you have not been charged.";

    private final TransactionTemplate transaction;
    private final CheckoutTable table;
    private final Reservations reservations;
    private final OrderBook orders;
    private final Outbox outbox;
    private final Clock clock;

    Books(
            TransactionTemplate transaction,
            CheckoutTable table,
            Reservations reservations,
            OrderBook orders,
            Outbox outbox,
            Clock clock) {
        this.transaction = transaction;
        this.table = table;
        this.reservations = reservations;
        this.orders = orders;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What is to be done at the gateway after the books were changed? */
    enum Next {
        /** The order is booked: capture. */
        TAKE_MONEY,
        /** There is no order and will be none: cancel. */
        LET_GO,
        /** Money was taken without an order: refund. */
        GIVE_BACK,
        /** All is as it should be. */
        NOTHING
    }

    void reference(UUID id, PaymentResult seen) {
        change(() -> table.reference(id, Objects.requireNonNull(seen.reference()), seen.clientSecret()));
    }

    /** Decides how an unpaid checkout ends; false when an order was booked meanwhile, which then stands. */
    boolean ending(UUID id, State ending, String reason) {
        return Boolean.TRUE.equals(transaction.execute(status -> table.ending(id, ending, reason)));
    }

    /** The gateway would not even open the payment. */
    void refused(UUID id, String reason) {
        change(() -> {
            if (table.lock(id).state() == State.OPEN) {
                table.move(id, State.FAILED, null, reason);
            }
        });
    }

    /** The money is set aside: books the order, unless the hold was lost. */
    Next authorised(UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> {
            CheckoutRow row = table.lock(id);
            return switch (row.state()) {
                case OPEN -> place(row, State.AUTHORISED) ? Next.TAKE_MONEY : Next.LET_GO;
                case AUTHORISED -> Next.TAKE_MONEY;
                case PAID -> Next.NOTHING;
                case CANCELLED, EXPIRED, FAILED -> Next.LET_GO;
            };
        }));
    }

    /** The money was taken: says so with the order, or that it must go back. TAKE_MONEY when it is newly paid. */
    Next captured(UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> {
            CheckoutRow row = table.lock(id);
            return switch (row.state()) {
                case OPEN -> {
                    if (!place(row, State.AUTHORISED)) {
                        yield Next.GIVE_BACK;
                    }
                    yield paid(table.lock(id));
                }
                case AUTHORISED -> paid(row);
                case PAID -> Next.NOTHING;
                case CANCELLED, EXPIRED, FAILED -> Next.GIVE_BACK;
            };
        }));
    }

    /** The payment will never be charged: ends the checkout, and calls its order off. The new state, when it changed. */
    Optional<State> gone(UUID id) {
        return Objects.requireNonNull(transaction.execute(status -> {
            CheckoutRow row = table.lock(id);
            return switch (row.state()) {
                case OPEN -> Optional.of(end(row, row.ending() == null ? State.CANCELLED : row.ending(), WITHDRAWN));
                case AUTHORISED -> {
                    orders.cancel(Objects.requireNonNull(row.orderId()), "the payment could not be captured");
                    yield Optional.of(end(row, State.FAILED, REFUSED));
                }
                case PAID, CANCELLED, EXPIRED, FAILED -> Optional.empty();
            };
        }));
    }

    /** Money that was taken without an order went back. */
    void givenBack(UUID id) {
        change(() -> {
            if (table.lock(id).state() == State.OPEN) {
                table.move(id, State.CANCELLED, null, RETURNED);
            }
        });
    }

    private boolean place(CheckoutRow row, State state) {
        Optional<Hold> hold = row.ending() == null ? reservations.find(row.holdId()) : Optional.empty();
        UUID orderId = hold.isEmpty() ? null : order(row, hold.get());
        if (orderId == null) {
            table.ending(row.id(), State.CANCELLED, LOST);
            return false;
        }
        table.move(row.id(), state, orderId, null);
        return true;
    }

    private @Nullable UUID order(CheckoutRow row, Hold hold) {
        String reference = Objects.requireNonNull(row.reference());
        return switch (orders.place(new PaidHold(hold, row.email(), row.address(), row.gateway(), reference))) {
            case Placed.Booked booked -> booked.order().id();
            case Placed.Lost lost -> null;
        };
    }

    private Next paid(CheckoutRow row) {
        UUID orderId = Objects.requireNonNull(row.orderId());
        table.move(row.id(), State.PAID, null, null);
        outbox.append(
                row.brand(),
                Outbox.ORDERS,
                orderId.toString(),
                "OrderCaptured",
                Map.of(
                        "orderId", orderId.toString(),
                        "brand", row.brand(),
                        "gateway", row.gateway(),
                        "amount",
                                Map.of(
                                        "amount", row.total().amount(),
                                        "currency", row.total().currency().getCurrencyCode()),
                        "paymentReference", Objects.requireNonNull(row.reference()),
                        "at", clock.instant()));
        return Next.TAKE_MONEY;
    }

    private State end(CheckoutRow row, State state, String reason) {
        table.move(row.id(), state, null, row.reason() == null ? reason : null);
        return state;
    }

    private void change(Runnable step) {
        transaction.executeWithoutResult(status -> step.run());
    }
}
