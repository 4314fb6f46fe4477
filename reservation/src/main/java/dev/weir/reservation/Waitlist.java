package dev.weir.reservation;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is next when units of a sold-out SKU come back? First come, first served: whoever frees units hands them over in the same
 * transaction, as a fresh hold of the next in line, so that no tap comes between. While anyone waits, the SKU is sold out for
 * everyone else. Thread-safe.
 */
public interface Waitlist {
    /**
     * Joins the line for the one line of {@code request}; a repeat with its idempotency key answers the same entry, wherever it
     * has got to.
     */
    JoinOutcome join(HoldRequest request);

    /** Where an entry stands. */
    Optional<Entry> find(UUID id);

    /** Leaves the line; repeatable. False when the entry is unknown or has been offered a hold, which is to be released. */
    boolean leave(UUID id);

    /**
     * An entry.
     *
     * @param place grows from one entry to the next, of all SKUs; {@code WaitlistServed} names it
     * @param position 1 for the next in line; 0 when it no longer waits
     * @param hold the id of the hold that it was offered; null until then
     * @param token of that hold; null until then
     */
    record Entry(
            UUID id,
            String brand,
            UUID showId,
            Sku sku,
            int quantity,
            Money unitPrice,
            State state,
            long place,
            int position,
            Instant joinedAt,
            @Nullable UUID hold,
            @Nullable String token) {}

    /** Where does an entry stand? */
    enum State {
        /** In line. */
        WAITING,
        /** A hold was made for it, 90 s long. */
        OFFERED,
        /** Its buyer went away. */
        LEFT,
        /** Its turn came, but its buyer had all that one buyer may have. */
        DROPPED
    }

    /** What became of the wish to wait? */
    sealed interface JoinOutcome {
        /** In line, or wherever this key's entry has got to. */
        record Joined(Entry entry, boolean repeated) implements JoinOutcome {}

        /** There is no line for this SKU: its rules do not say so, or the brand's stock has no such SKU. */
        record NoLine(Sku sku) implements JoinOutcome {}

        /** Nobody waits and there are enough: hold them. */
        record NotSoldOut(Sku sku, int available) implements JoinOutcome {}

        /** This buyer waits for the SKU in this show already. */
        record AlreadyWaiting(Sku sku) implements JoinOutcome {}

        /** As the outcome of a hold: {@link HoldOutcome.OverCap}, {@link HoldOutcome.BuyerNeeded} or {@code KeyReused}. */
        record Refused(HoldOutcome reason) implements JoinOutcome {}
    }
}
