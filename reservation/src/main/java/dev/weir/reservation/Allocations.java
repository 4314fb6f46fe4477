package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How many units are a channel's own, how may it sell, and who changes that? For channels that sell from a number instead of
 * asking. An allocation grows at once, out of free units; it gets smaller in two steps, because the channel goes on selling
 * from the number it knows until it has taken a new one and what it sold before has come in:
 *
 * <pre>
 * state      move                                      becomes
 * STEADY     to more, or the same                      STEADY, larger by what is free
 * STEADY     to fewer                                  SHRINKING: the smaller number is published, the units stay
 * SHRINKING  confirmed as of the asked version         DRAINING, for the channel's in-flight window
 * DRAINING   its window is over                        STEADY, smaller; the difference is free
 * SHRINKING  or DRAINING, to even fewer                SHRINKING anew: another confirmation, another window
 * SHRINKING  or DRAINING, to more, but not all         the same with the larger number: it gives up less
 * SHRINKING  or DRAINING, to all of it or more         STEADY: it keeps all, and grows
 * any        the channel sells                         the same with fewer units, those first that it was to give up;
 *                                                      STEADY when nothing is left to give up
 * </pre>
 *
 * <p>Each change locks the stock of its SKU, so two that race come one after the other. Everything is repeatable: sizes are
 * absolute. A channel that never confirms keeps its units. Methods join the caller's transaction unless they say otherwise.
 * Thread-safe.
 */
public interface Allocations {
    /** Allocations of one SKU, in order of channel; none that is empty and unlimited. */
    List<Allotment> of(String brand, Sku sku);

    /**
     * Makes the channel's own units {@code units}: at once where it grows, in two steps where it gets smaller.
     *
     * @param units 0..1,000,000; more than is free, or than the ceiling of now, is cut to that
     * @param cause what the movement's row keeps, such as {@code operator/<key>}
     */
    AllocationOutcome resize(String brand, Sku sku, String channel, int units, String cause);

    /**
     * As {@link #resize} downwards, and the allocation grows above {@code units} for nobody until {@link #unclamp} or
     * {@link #returnAll}. An allocation that is smaller stays as it is.
     */
    AllocationOutcome clamp(String brand, Sku sku, String channel, int units, String cause);

    /** Lifts what {@link #clamp} set; moves no unit. */
    void unclamp(String brand, Sku sku, String channel);

    /**
     * Gives back what was allocated for a show: each allocation of {@code skus} goes down to the floor of its policy (0 without
     * one), as by {@link #resize}, and clamps are lifted. One transaction a SKU when the caller has none.
     *
     * @return how many allocations are given back now
     */
    int returnAll(String brand, Collection<Sku> skus, String cause);

    /** Frees what has drained; on whichever hub calls, meant for once a second. Transactions of its own. Returns how many. */
    int settle();

    /** The policies of one SKU by channel; channels without one are mirrored without safety stock. */
    List<PolicyOf> policies(String brand, Sku sku);

    /**
     * How {@code channel} may sell {@code sku} from now on. ALLOCATE grows the allocation to its aim at once, as far as units
     * are free; any other policy gives an allocation back as {@link #resize} to 0 does. False when there is no such SKU.
     */
    boolean setPolicy(String brand, Sku sku, String channel, ChannelPolicy policy, String cause);

    /** Who sold the SKU within the last day: those that sold any, in order of channel, paid holds last. */
    List<ChannelSales> sales(String brand, Sku sku);

    /** How long orders of the channel may be under way; 30 s unless set. */
    Duration inFlight(String brand, String channel);

    /** Sets {@link #inFlight}, 0..1 h; windows that run already keep their end. */
    void setInFlight(String brand, String channel, Duration window);

    /** A policy and whose it is. */
    record PolicyOf(String channel, ChannelPolicy policy) {}
}
