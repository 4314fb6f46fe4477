package dev.weir.connectors;

import java.util.List;
import java.util.function.BiConsumer;

/** How do our listings reach a shop that follows us? */
public interface CatalogueWrite {
    /** Listings a call when a channel does not say. */
    int BATCH = 100;

    /** Creates or updates {@code listings} by SKU; repeatable. Returns each with the shop's own ids filled in. */
    List<Listing> write(List<Listing> listings);

    /** How many listings one {@link #write} takes best: as many as the platform takes with the fewest calls; 1..5,000. */
    default int batchSize() {
        return BATCH;
    }

    /**
     * As {@link #write}, but a listing that the platform refuses is told to {@code refused} and keeps no other back; a failed call
     * throws. Returns those that were taken.
     */
    default List<Listing> write(List<Listing> listings, BiConsumer<Sku, ChannelException> refused) {
        return write(listings);
    }
}
