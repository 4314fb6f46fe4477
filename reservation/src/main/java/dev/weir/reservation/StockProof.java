package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Was a unit ever promised twice, and how do we know? The movements are added up again from the first one: after each
 * transaction held + sold + allocated must be at most what was on hand, nothing may be negative, no movement may be missing,
 * and at the newest one the sums must be the counters. Done by whichever hub is free; thread-safe.
 */
public interface StockProof {
    /**
     * Adds up what has moved since the last call, of at most 200 SKUs and for about a second; to be called every few seconds.
     *
     * @return SKUs looked at
     */
    int prove();

    /** Forgets the sums of a brand, so that the next calls begin at the first movement again. */
    void again(String brand);

    /** Where the proof of the whole brand stands. */
    Summary summary(String brand);

    /** SKUs after {@code after} (exclusive, or the empty string), in order; {@code limit} 1..500. */
    List<Proven> list(String brand, String after, int limit);

    /**
     * @param skus that have stock
     * @param proven of them, those whose sums have once been at the newest movement
     * @param holding of the proven, those whose promise holds now
     * @param versions changes of all SKUs so far
     * @param provenVersions of them, those that have been added up: the progress
     * @param since since when all of it has held; null while something does not, or nothing is proven
     * @param provedAt when the one that waits longest was last compared with its counters; null while one never was
     */
    record Summary(
            long skus,
            long proven,
            long holding,
            long versions,
            long provenVersions,
            long movements,
            long breaches,
            @Nullable Instant since,
            @Nullable Instant provedAt) {}

    /**
     * @param movements added up so far
     * @param behind changes of the SKU that have not been added up yet
     * @param sums of the movements so far
     * @param tightest the fewest free units there ever were; null before the first movement
     * @param since since when it has held; null while it does not, or before the first movement
     * @param breaches how often it has been found broken
     * @param breach what the newest of them was, or null
     */
    record Proven(
            Sku sku,
            long movements,
            long behind,
            StockHistory.Units sums,
            @Nullable Long tightest,
            @Nullable Instant since,
            long breaches,
            @Nullable String breach,
            @Nullable Instant breachAt,
            @Nullable Instant provedAt) {}
}
