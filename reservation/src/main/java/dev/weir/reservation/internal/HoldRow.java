package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldRequest;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;

/**
 * What does the ledger know of a hold?
 *
 * @param hold with its state as of the moment it was read
 * @param units that it took, per SKU of stock
 */
record HoldRow(Hold hold, NavigableMap<Sku, Integer> units, String key, byte[] requestHash, byte[] tokenHash) {

    HoldRow withLines(List<HoldRequest.Line> lines) {
        Hold full = new Hold(
                hold.id(),
                hold.brand(),
                hold.showId(),
                hold.state(),
                hold.createdAt(),
                hold.expiresAt(),
                lines,
                hold.attribution(),
                hold.preOrder());
        return new HoldRow(full, units, key, requestHash, tokenHash);
    }

    /** The state that is true at {@code now}, whatever the sweeper has done. */
    static Hold.State asOf(Instant now, Hold.State stored, Instant expiresAt) {
        boolean live = stored == Hold.State.HELD || stored == Hold.State.PAYING;
        return live && !now.isBefore(expiresAt) ? Hold.State.EXPIRED : stored;
    }
}
