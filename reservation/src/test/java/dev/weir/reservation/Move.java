package dev.weir.reservation;

import java.time.Duration;
import java.util.List;

/**
 * What can happen to a brand's stock? A new kind of move (an allocation, a bundle) is one record here and one case in
 * {@link ModelStock} and in {@link LedgerStock}, which the compiler asks for.
 */
sealed interface Move {
    /** So many of a SKU. */
    record Units(String sku, int units) {}

    /** A tap; a repeat of the key is a repeat of the tap. */
    record Hold(int key, List<Units> lines) implements Move {}

    /** The hold of that tap is given back. */
    record Release(int key) implements Move {}

    /** Its payment starts. */
    record Pay(int key) implements Move {}

    /** It is paid. */
    record Commit(int key) implements Move {}

    /** A channel sold without asking. */
    record Sell(Units line) implements Move {}

    /** Sold units come back. */
    record Restock(Units line) implements Move {}

    /** The shelf was counted. */
    record Count(Units line) implements Move {}

    /** Time goes by. */
    record Wait(Duration time) implements Move {}

    /** The sweeper comes by. */
    record Sweep() implements Move {}
}
