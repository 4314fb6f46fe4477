package dev.weir.reservation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which sales beyond what a channel was given wait for somebody's decision? {@link Reservations#sell} opens a case in the
 * transaction that answers Shortfall; the stock itself never goes below nothing. Thread-safe.
 */
public interface Shortfalls {
    /** Type of the event on {@link dev.weir.connectors.Outbox#ORDERS} that asks for a cancellation: cause, channel, reason. */
    String CANCEL_ASKED = "OrderCancelAsked";

    /** Open cases and those being cancelled, oldest first; or with {@code open} false the decided ones, newest first. {@code limit} 1..200. */
    List<Shortfall> list(String brand, boolean open, int limit);

    /** The case of that sale. */
    Optional<Shortfall> find(String brand, String cause);

    /**
     * Decides an open case, in the caller's transaction. OTHER_ALLOCATION begins to make that channel's allocation smaller by
     * what is missing; CANCEL_ON_CHANNEL appends {@link #CANCEL_ASKED} to the outbox and leaves the case CANCELLING; for the
     * others the row is the record of the decision.
     *
     * @param from the channel that gives units up; only for OTHER_ALLOCATION
     * @param by who decided; 1..100 characters
     * @param note for later readers, up to 500 characters
     * @return false when there is no such case or it was decided before: the first decision stands
     * @throws IllegalArgumentException when the remedy cannot be had
     */
    boolean resolve(String brand, String cause, Shortfall.Remedy remedy, @Nullable String from, String by, String note);

    /**
     * The channel will not call the order off: a CANCELLING case is open again, with {@code reason} and the remedies that remain,
     * in the caller's transaction. That it was called off is told by {@link Reservations#calledOff}.
     *
     * @return false when the case is not CANCELLING
     */
    boolean cancelRefused(String brand, String cause, String reason);

    /**
     * Decided cases of all brands whose sale still waits for units, and for which they seem to be there now: whoever made the
     * sale may try it again. Longest waiting first; {@code limit} 1..200. A case leaves this list when
     * {@link Reservations#sell} succeeds under its cause or {@link Reservations#calledOff} ends it.
     */
    List<Waiting> ready(int limit);

    /** A sale that waits. */
    record Waiting(String brand, String cause) {}
}
