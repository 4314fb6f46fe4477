package dev.weir.reservation;

import java.time.Duration;
import java.util.List;

/**
 * What can happen to a brand's stock? A new kind of move is one record here and one case in {@link ModelStock} and in
 * {@link LedgerStock}, which the compiler asks for.
 */
sealed interface Move {
    /** So many of a SKU. */
    record Units(String sku, int units) {}

    /** A tap; a repeat of the key is a repeat of the tap. */
    record Hold(int key, List<Units> lines) implements Move {}

    /** The hold of that tap is given back, alone or in a transaction of the caller's. */
    record Release(int key, boolean joined) implements Move {}

    /** Its payment starts. */
    record Pay(int key) implements Move {}

    /** It is paid. */
    record Commit(int key) implements Move {}

    /** A channel sold without asking; a repeat of the order is one more try of a sale that was short. */
    record Sell(String channel, int order, Units line) implements Move {}

    /** Sold units come back. */
    record Restock(Units line) implements Move {}

    /** The shelf was counted. */
    record Count(Units line) implements Move {}

    /** So many units of a SKU become the channel's own. */
    record Resize(Units line) implements Move {}

    /** The channel reads its number. */
    record Publish(String sku) implements Move {}

    /** The channel has taken the number that it read last. */
    record Confirm(String sku) implements Move {}

    /** The bundle is made of these from now on; of nothing: it is none any more. */
    record Compose(List<Units> parts) implements Move {}

    /** Happens to all at once. */
    sealed interface Common extends Move {}

    /** Time goes by. */
    record Wait(Duration time) implements Common {}

    /** The sweeper comes by. */
    record Sweep() implements Common {}

    /** What has drained becomes free. */
    record Settle() implements Common {}
}
