package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which units are one channel's own, and is it being told of fewer?
 *
 * @param units that nobody else can sell now, 0 or more
 * @param promised what the channel is told or about to be told: {@code units}, or fewer while it is made smaller
 * @param askedAt since when it is made smaller; null when STEADY
 * @param freeAt when what it gives up may go to others; null unless DRAINING
 * @param ceilingNow the most it may have until it is returned, or null
 * @param onAir whether the rebalancer has it in hand
 */
public record Allotment(
        Sku sku,
        String channel,
        State state,
        int units,
        int promised,
        @Nullable Instant askedAt,
        @Nullable Instant freeAt,
        @Nullable Integer ceilingNow,
        boolean onAir) {

    /** Where does an allocation stand? See {@link Allocations} for the legal moves. */
    public enum State {
        /** The channel may sell all of it. */
        STEADY,
        /** The channel is to be told a smaller number, and has not confirmed it. */
        SHRINKING,
        /** The channel confirmed the smaller number; orders from before may still be under way. */
        DRAINING
    }
}
