package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Allotment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What does a row of {@code allocation} say, and what will it say after a move? The moves are those that {@code Allocations}
 * tables; the caller has the stock of the SKU locked.
 *
 * @param target what is left when it has been made smaller; null when STEADY
 * @param askedVersion of the stock that first carried a number as small as {@code target}; 0 when STEADY
 */
record AllocationRow(
        Sku sku,
        String channel,
        int units,
        @Nullable Integer target,
        long askedVersion,
        @Nullable Instant askedAt,
        @Nullable Instant freeAt,
        @Nullable Integer ceilingNow,
        @Nullable Instant onAirSince,
        @Nullable Instant balancedAt) {

    static AllocationRow none(Sku sku, String channel) {
        return new AllocationRow(sku, channel, 0, null, 0, null, null, null, null, null);
    }

    Allotment.State state() {
        if (target == null) {
            return Allotment.State.STEADY;
        }
        return freeAt == null ? Allotment.State.SHRINKING : Allotment.State.DRAINING;
    }

    /** What the channel may go on selling. */
    int promised() {
        return target == null ? units : target;
    }

    /** {@code wanted}, or the most that it may be now. */
    int limited(int wanted) {
        return ceilingNow == null ? wanted : Math.min(wanted, ceilingNow);
    }

    /** To {@code size}, at or above what it promises, and at most {@code free} above what it has. */
    AllocationRow larger(int size, int free) {
        if (size >= units) {
            return with(units + Math.min(size - units, free), null, 0, null, null);
        }
        return with(units, size, askedVersion, askedAt, freeAt);
    }

    /** To {@code size}, below what it promises, as of the stock's {@code version}. */
    AllocationRow smaller(int size, long version, Instant now) {
        return with(units, size, version, now, null);
    }

    /** The channel sold {@code sold}, at most all. */
    AllocationRow taken(int sold) {
        int left = units - sold;
        return target == null || left <= target
                ? with(left, null, 0, null, null)
                : with(left, target, askedVersion, askedAt, freeAt);
    }

    /** The channel has the number of {@code version}; one that is too old, or a repeat, changes nothing. */
    AllocationRow confirmed(long version, Instant drained) {
        return state() == Allotment.State.SHRINKING && version >= askedVersion
                ? with(units, target, askedVersion, askedAt, drained)
                : this;
    }

    boolean isDrained(Instant now) {
        return freeAt != null && !freeAt.isAfter(now);
    }

    AllocationRow freed() {
        return with(promised(), null, 0, null, null);
    }

    AllocationRow clampedTo(@Nullable Integer most) {
        return new AllocationRow(
                sku, channel, units, target, askedVersion, askedAt, freeAt, most, onAirSince, balancedAt);
    }

    /** In the rebalancer's hand, touched at {@code at}; or, with null, out of it. */
    AllocationRow onAir(@Nullable Instant at, boolean changed) {
        Instant since = onAirSince == null || at == null ? at : onAirSince;
        return new AllocationRow(
                sku,
                channel,
                units,
                target,
                askedVersion,
                askedAt,
                freeAt,
                ceilingNow,
                since,
                changed ? at : balancedAt);
    }

    Allotment view() {
        return new Allotment(sku, channel, state(), units, promised(), askedAt, freeAt, ceilingNow, onAirSince != null);
    }

    private AllocationRow with(
            int left, @Nullable Integer aim, long version, @Nullable Instant asked, @Nullable Instant drained) {
        return new AllocationRow(sku, channel, left, aim, version, asked, drained, ceilingNow, onAirSince, balancedAt);
    }
}
