package dev.weir.connectors;

import java.util.List;

/** How are units taken off sale at the shop while a buyer pays here? */
public interface BackendHold {
    /**
     * Takes the units off sale, all or none and once for one {@code key}.
     *
     * @param key the hold's id
     * @throws ChannelException {@link Fault#CONFLICT} when the shop has too few, {@link Fault#OUTCOME_UNKNOWN} when it did not answer:
     *     ask again with the same key
     */
    void hold(String key, List<Units> units);

    /** Puts them back on sale; once, and nothing when they were never taken. */
    void release(String key, List<Units> units);

    /** How many of what; {@code quantity} is 1 or more. */
    record Units(Listing listing, int quantity) {}
}
