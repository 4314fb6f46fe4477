package dev.weir.checkout.internal;

import dev.weir.checkout.Checkouts.State;
import dev.weir.checkout.PaymentGateway;
import dev.weir.checkout.PaymentResult;
import dev.weir.reservation.Hold;
import dev.weir.reservation.Reservations;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does the gateway's word mean for a checkout, and what is done next? The gateway is asked outside any transaction,
 * the books are changed inside one ({@link Books}), and every step may be repeated: that is all that a crash needs.
 */
final class Settler {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    private final Gateways gateways;
    private final Books books;
    private final Reservations reservations;

    Settler(Gateways gateways, Books books, Reservations reservations) {
        this.gateways = gateways;
        this.books = books;
        this.reservations = reservations;
    }

    /** Acts on {@code seen}; returns the effect for ops. */
    String settle(CheckoutRow row, PaymentResult seen) {
        return switch (seen.status()) {
            case REQUIRES_PAYMENT -> waiting(row);
            case REQUIRES_ACTION -> {
                if (row.state() == State.OPEN) {
                    reservations.startPaying(row.holdId());
                }
                yield waiting(row);
            }
            case AUTHORISED -> authorised(row);
            case CAPTURED -> captured(row);
            case CANCELLED -> gone(row);
            case FAILED, UNKNOWN -> "not settled: " + seen.reason();
        };
    }

    /** Opens the payment at the gateway, or learns again what was opened, and keeps its reference. */
    PaymentResult create(CheckoutRow row) {
        PaymentResult opened = gateways.named(row.gateway())
                .create(new PaymentGateway.CreatePayment(row.total(), "hold-" + row.holdId(), row.holdId(), row.id()));
        if (opened.status() == PaymentResult.Status.FAILED) {
            books.refused(row.id(), "The payment could not be opened; you have not been charged.");
        } else if (opened.reference() != null) {
            books.reference(row.id(), opened);
        }
        return opened;
    }

    private String waiting(CheckoutRow row) {
        if (row.state() != State.OPEN) {
            return "unchanged";
        }
        Optional<String> lost = row.ending() == null ? lost(row) : Optional.ofNullable(row.reason());
        if (lost.isEmpty()) {
            return "waiting for the buyer";
        }
        return books.ending(row.id(), State.EXPIRED, lost.get()) ? letGo(row) : "unchanged";
    }

    /** Why the buyer cannot have the units any more, or empty when they still can. */
    private Optional<String> lost(CheckoutRow row) {
        Hold.State state = reservations.find(row.holdId()).map(Hold::state).orElse(Hold.State.EXPIRED);
        return switch (state) {
            case HELD, PAYING, COMMITTED -> Optional.empty();
            case RELEASED -> Optional.of("You gave your hold back before paying; you have not been charged.");
            case EXPIRED -> Optional.of("Your hold ran out before you paid; you have not been charged.");
        };
    }

    private String authorised(CheckoutRow row) {
        return switch (books.authorised(row.id())) {
            case TAKE_MONEY -> capture(row);
            case LET_GO -> letGo(row);
            case GIVE_BACK, NOTHING -> "unchanged";
        };
    }

    private String capture(CheckoutRow row) {
        PaymentResult answer = gateways.named(row.gateway()).capture(reference(row), "capture-" + row.id());
        return switch (answer.status()) {
            case CAPTURED -> captured(row);
            case CANCELLED -> gone(row);
            case FAILED, REQUIRES_PAYMENT, REQUIRES_ACTION -> letGo(row);
            case AUTHORISED, UNKNOWN -> "booked; capture not confirmed: " + answer.reason();
        };
    }

    private String captured(CheckoutRow row) {
        return switch (books.captured(row.id())) {
            case GIVE_BACK -> giveBack(row);
            case NOTHING -> "unchanged";
            case TAKE_MONEY, LET_GO -> "paid";
        };
    }

    /**
     * The gateway keeps its first answer to a key, also "not in this state", which may be over by the next try: so each
     * attempt has a key of its own. Cancelling twice is harmless by itself.
     */
    private String letGo(CheckoutRow row) {
        PaymentResult answer =
                gateways.named(row.gateway()).cancel(reference(row), "cancel-" + row.id() + "-" + row.attempts());
        return switch (answer.status()) {
            case CANCELLED -> gone(row);
            case CAPTURED -> captured(row);
            case AUTHORISED, REQUIRES_PAYMENT, REQUIRES_ACTION, FAILED, UNKNOWN -> "not let go yet: " + answer.reason();
        };
    }

    private String gone(CheckoutRow row) {
        Optional<State> ended = books.gone(row.id());
        if (ended.isPresent()) {
            reservations.release(row.holdId());
        }
        return ended.map(state -> state.name().toLowerCase(java.util.Locale.ROOT))
                .orElse("unchanged");
    }

    private String giveBack(CheckoutRow row) {
        PaymentResult answer = gateways.named(row.gateway()).refund(reference(row), "refund-" + row.id());
        if (answer.status() == PaymentResult.Status.CANCELLED) {
            books.givenBack(row.id());
            return "refunded";
        }
        LOG.error("{}: money taken without an order, and the refund is not confirmed: {}", row, answer.reason());
        if (row.ended()) {
            throw new IllegalStateException(row + ": refund not confirmed (expected: a repeat of this delivery)");
        }
        return "refund not confirmed";
    }

    private static String reference(CheckoutRow row) {
        return Objects.requireNonNull(row.reference(), "a settled checkout has a reference");
    }
}
