package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.GateState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Is a request worth asking the ledger? The gate makes the common answer, sold out, fast. It may be wrong in either
 * direction for a moment, but never grants: the ledger has the last word and corrects it. No method throws because of Redis.
 */
public interface Gate extends AutoCloseable {

    /** What the gate thinks of a request. */
    sealed interface Admission {
        /** Recorded here as admission {@code seq} of {@code epoch}; withdraw it when the ledger refuses. */
        record Admitted(long epoch, long seq) implements Admission {}

        /** This hold was admitted before: the ledger knows what became of it. */
        record Repeat() implements Admission {}

        /** Not enough. */
        record SoldOut(Sku sku, int available) implements Admission {}

        /** The gate knows nothing of a SKU, or is closed: the ledger alone decides. */
        record Unknown() implements Admission {}
    }

    /**
     * What the ledger decided about one SKU.
     *
     * @param row the stock as written, or null when it did not change
     * @param hold whose units changed hands, or null
     * @param units of that hold
     * @param until when the hold ends, or null when it is over already
     */
    record Settled(
            Sku sku,
            @Nullable StockRow row,
            @Nullable UUID hold,
            int units,
            @Nullable Instant until) {}

    /** Asks; never blocks longer than the time-out of Redis. */
    Admission admit(Ask ask);

    /** Looks without taking: empty unless it is sold out and not a repeat of a hold that was admitted before. */
    Optional<Admission.SoldOut> look(String brand, UUID hold, NavigableMap<Sku, Integer> units);

    /** Takes an admission back that the ledger refused. */
    void withdraw(Ask ask);

    /** Notes that the ledger knows this hold, so that a repeat is sent there even when nothing is left. */
    void remember(Ask ask);

    /** Tells what a transaction, now committed, did. */
    void settle(String brand, List<Settled> changes);

    /** Has the gate learn these SKUs from the ledger soon; until then the ledger answers for them. */
    void learn(String brand, Collection<Sku> skus);

    /**
     * Takes Redis as another hub has built it, or rebuilds it from the ledger. False when Redis or the ledger was not there, or
     * another hub is rebuilding; the ledger alone decides then.
     */
    boolean resync();

    /** The ledger is in another epoch than the gate's answers for this brand: they are not asked for until it has caught up. */
    void distrust(String brand);

    /** Rebuilds one brand from the ledger, whatever state it is in. False as for {@link #resync}. */
    boolean rebuild(String brand);

    /** Looks for a lost or replaced Redis and repairs; cheap, meant for once a second. */
    void tend();

    /** Whether its answers count; from memory. */
    GateState state();

    @Override
    void close();
}
