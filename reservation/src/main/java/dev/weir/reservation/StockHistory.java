package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened to these units, when, and because of what? Every movement is a row that nothing changes. Thread-safe. */
public interface StockHistory {
    /** Most movements of one answer. */
    int MOST = 500;

    /** A {@code before} that begins with the newest movement. */
    long NEWEST = Long.MAX_VALUE;

    /**
     * The movements of a SKU, newest first; empty for a SKU that the brand does not have.
     *
     * @param before only those older than this {@link Moved#id}
     * @param limit 1..{@link #MOST}
     */
    List<Moved> ofSku(String brand, Sku sku, long before, int limit);

    /** The life of one hold of {@code brand}; empty when the brand has no such hold. */
    Optional<HoldLife> ofHold(String brand, UUID id);

    /** Units by what they are, or a change of them. */
    record Units(int onHand, int held, int sold, int allocated, int preOrder) {
        /** Without units that may be promised beyond what is on hand. */
        public Units(int onHand, int held, int sold, int allocated) {
            this(onHand, held, sold, allocated, 0);
        }

        /** Those that anyone may take. */
        public int free() {
            return onHand + preOrder - held - sold - allocated;
        }

        /** These without {@code other}. */
        public Units minus(Units other) {
            return new Units(
                    onHand - other.onHand,
                    held - other.held,
                    sold - other.sold,
                    allocated - other.allocated,
                    preOrder - other.preOrder);
        }
    }

    /**
     * One movement.
     *
     * @param id grows with each movement of a SKU
     * @param kind {@code ON_HAND HOLD RELEASE EXPIRE COMMIT SELL RESTOCK ALLOCATE} and what later modules add
     * @param by how many units more or fewer
     * @param after what the SKU had then; null in the life of a hold, which may be of many SKUs
     * @param version of the SKU; movements of one transaction share it
     */
    record Moved(
            long id,
            Sku sku,
            String kind,
            Units by,
            @Nullable Units after,
            long version,
            @Nullable UUID holdId,
            @Nullable String channel,
            String cause,
            Instant at) {}

    /** From {@code at} on the hold was in {@code state}. */
    record Stage(Hold.State state, Instant at) {}

    /**
     * @param hold with its state as of now
     * @param epoch of the gate that admitted it, 0 when the ledger decided alone
     * @param seq which admission of that epoch it was
     * @param stages oldest first
     * @param movements oldest first, at most {@link #MOST}
     */
    record HoldLife(Hold hold, long epoch, long seq, List<Stage> stages, List<Moved> movements) {
        /** Copies the lists. */
        public HoldLife {
            stages = List.copyOf(stages);
            movements = List.copyOf(movements);
        }
    }
}
