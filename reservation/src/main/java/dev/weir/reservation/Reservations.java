package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * May this buyer have these units, and for how long? Redis admits, PostgreSQL grants; the ledger has the last word.
 *
 * <p>{@link #commit}, {@link #sell}, {@link #giveBack} and {@link #restock} join the caller's Spring transaction, so that the unit moves
 * with the order or not at all. All methods are repeatable as stated and thread-safe.
 */
public interface Reservations {
    /** Tries to hold every line, or none. A repeat with the same idempotency key answers the same hold. */
    HoldOutcome hold(HoldRequest request);

    /**
     * Is there so little left that asking is in vain? Answered from Redis alone, for the many who come too late; empty when there
     * may be enough, when the key's hold was granted before, or when Redis does not know.
     *
     * @param units per SKU, 1 or more each
     */
    Optional<HoldOutcome.SoldOut> soldOut(String brand, String idempotencyKey, Map<Sku, Integer> units);

    /** The hold with its state as of now: a HELD one past its time reads EXPIRED, sweeper or not. */
    Optional<Hold> find(UUID id);

    /** The hold that {@code token} was minted for; compared in constant time, empty for any other text. */
    Optional<Hold> findByToken(String token);

    /** Gives the units back; repeatable. False when the hold is unknown or was committed. */
    boolean release(UUID id);

    /** HELD to PAYING, once, for at most 180 s more; refused beyond the SKU's share of units in payment, if it has one. */
    PayingOutcome pay(UUID id);

    /** As {@link #pay}: false when it is refused, for whatever reason. */
    default boolean startPaying(UUID id) {
        return pay(id) instanceof PayingOutcome.Started;
    }

    /** Turns held units into sold ones, if the hold is HELD or PAYING and within its time; in the caller's transaction. */
    CommitOutcome commit(UUID id, String cause);

    /**
     * Takes units for a sale that never had a hold (a social shop's order); in the caller's transaction, all or none. A
     * Shortfall opens a case of {@link Shortfalls}, one for a cause however often it is tried; success closes it.
     */
    SaleOutcome sell(Sale sale);

    /**
     * Puts units of a known sale back on sale (cancelled order, restocking refund); in the caller's transaction. A bundle comes
     * back as it was made when it was sold or held, and of no SKU more than the sale still has out: what is beyond that is left
     * out silently.
     *
     * @param sold the cause that {@link #commit} or {@link #sell} had; those below {@code sold/} are part of the same sale
     */
    void giveBack(Sale back, String sold);

    /**
     * Puts sold units back on sale of which no sale is known; in the caller's transaction.
     *
     * @throws IllegalArgumentException beyond what is sold, and for bundles, because it is not known what they were made of
     */
    void restock(Sale sale);

    /**
     * A sale that may have been short needs no units any more: its open {@link Shortfall}s, and those of causes below
     * {@code cause/}, are closed. In the caller's transaction; repeatable.
     */
    void calledOff(String brand, String cause);
}
