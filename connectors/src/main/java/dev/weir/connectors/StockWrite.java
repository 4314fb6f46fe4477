package dev.weir.connectors;

import java.time.Duration;
import java.util.List;

/** How is the number that a shop sells from set? */
public interface StockWrite {
    /** Most levels that one {@link #write} takes; the platform's batch limit, 1 or more. */
    int batchSize();

    /**
     * Sets levels; safe to repeat with the same {@code version}. A level that the platform refused comes back as an
     * {@link Outcome} with its fault, even where the answer as a whole was a success; a failed call throws.
     */
    List<Outcome> write(List<Target> levels);

    /**
     * As {@link #write}, for levels that nobody waits for: behind everything else in the budget, and {@link Fault#THROTTLED} rather than
     * a wait of more than about a second.
     */
    default List<Outcome> catchUp(List<Target> levels) {
        return write(levels);
    }

    /** How many levels of different products one call carries; 1..{@link #batchSize()}. */
    default int levelsPerCall() {
        return batchSize();
    }

    /** How long changes are worth gathering because calls are few; 0..1 s. */
    default Duration gather() {
        return Duration.ZERO;
    }

    /** A level and the shop's record it belongs to. */
    record Target(StockLevel level, Listing listing) {}

    /** What became of one level; {@code refusal} is null when it was taken. */
    record Outcome(
            Sku sku, @org.jspecify.annotations.Nullable ChannelException refusal) {}
}
