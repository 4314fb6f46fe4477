package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which counters of a SKU change by how much, and why? */
record Movement(
        Sku sku,
        Kind kind,
        int onHand,
        int held,
        int sold,
        int allocated,
        int preOrder,
        @Nullable UUID holdId,
        @Nullable String channel,
        String cause) {

    /** What moved the unit? */
    enum Kind {
        ON_HAND,
        HOLD,
        RELEASE,
        EXPIRE,
        COMMIT,
        SELL,
        RESTOCK,
        ALLOCATE,
        RULES,
        WAITLIST,
        PRE_ORDER
    }

    static Movement onHand(Sku sku, int delta, String cause) {
        return new Movement(sku, Kind.ON_HAND, delta, 0, 0, 0, 0, null, null, cause);
    }

    /** No unit moves, but there may be fewer or more to promise. */
    static Movement rules(Sku sku, int preOrderDelta, String cause) {
        Kind kind = preOrderDelta == 0 ? Kind.RULES : Kind.PRE_ORDER;
        return new Movement(sku, kind, 0, 0, 0, 0, preOrderDelta, null, null, cause);
    }

    /** No unit moves: the line for them does. */
    static Movement waitlist(Sku sku, String cause) {
        return new Movement(sku, Kind.WAITLIST, 0, 0, 0, 0, 0, null, null, cause);
    }

    static Movement hold(Sku sku, int units, UUID hold, String channel) {
        return new Movement(sku, Kind.HOLD, 0, units, 0, 0, 0, hold, channel, "hold/" + hold);
    }

    static Movement back(Kind kind, Sku sku, int units, UUID hold) {
        return new Movement(sku, kind, 0, -units, 0, 0, 0, hold, null, "hold/" + hold);
    }

    static Movement commit(Sku sku, int units, UUID hold, String cause) {
        return new Movement(sku, Kind.COMMIT, 0, -units, units, 0, 0, hold, null, cause);
    }

    static Movement sell(Sku sku, int units, int fromAllocation, String channel, String cause) {
        return new Movement(sku, Kind.SELL, 0, 0, units, -fromAllocation, 0, null, channel, cause);
    }

    static Movement restock(Sku sku, int units, String channel, String cause) {
        return new Movement(sku, Kind.RESTOCK, 0, 0, -units, 0, 0, null, channel, cause);
    }

    static Movement allocate(Sku sku, int units, String channel, String cause) {
        return new Movement(sku, Kind.ALLOCATE, 0, 0, 0, units, 0, null, channel, cause);
    }
}
