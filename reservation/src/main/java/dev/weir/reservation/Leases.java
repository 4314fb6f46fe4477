package dev.weir.reservation;

import java.time.Duration;
import java.util.Optional;

/**
 * Which hub does a job that only one may do at a time? A row with its holder and its end by the database's clock, so hubs need
 * not agree on the time. A hub that was paused past the end and wakes up finds another holder, or another term. Thread-safe.
 */
public interface Leases {
    /**
     * Takes the lease when it is nobody's, over, or the holder's already (then it is prolonged); at once, in a transaction of
     * its own. Empty while another has it.
     *
     * @param name of the job, such as {@code rebalance}
     * @param holder of this hub, unlike any other's
     * @param lasts 100 ms..10 min from now by the database's clock
     */
    Optional<Lease> take(String name, String holder, Duration lasts);

    /**
     * Whether the lease still stands; in the caller's transaction, and nobody else can take it before that ends. Work that
     * must not be done by two asks this first.
     */
    boolean stands(Lease lease);

    /** Gives the lease back before its end; nothing when it is another's by now. */
    void release(Lease lease);

    /** {@code term} grows each time that the lease changes hands. */
    record Lease(String name, String holder, long term) {}
}
