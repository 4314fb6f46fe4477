package dev.weir.connectors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What does the shop sell? */
public interface CatalogueRead {
    /** Listings a page when a channel does not page itself. */
    int PAGE = 250;

    /** Hands every listing to {@code each}, page by page; throws {@link ChannelException}. */
    void readAll(Consumer<Listing> each);

    /**
     * Hands every listing to {@code sink}, from {@code cursor} on: one that an earlier reading handed out, or null for the
     * beginning. A channel that cannot resume hands out no cursors and begins anew. Pages may be handed out again after a cursor
     * that was used twice; listings are told apart by their SKU.
     */
    default void read(@Nullable String cursor, Sink sink) {
        List<Listing> page = new ArrayList<>(PAGE);
        readAll(listing -> {
            page.add(listing);
            if (page.size() == PAGE) {
                sink.page(List.copyOf(page), null);
                page.clear();
            }
        });
        if (!page.isEmpty()) {
            sink.page(List.copyOf(page), null);
        }
    }

    /** Where do pages go? Called by one thread, in order. */
    @FunctionalInterface
    interface Sink {
        /** Takes one page; {@code next} is the cursor behind it, null where the channel has none. */
        void page(List<Listing> listings, @Nullable String next);
    }
}
