package dev.weir.connectors;

import java.util.function.Consumer;

/** What does the shop sell? */
public interface CatalogueRead {
    /** Hands every listing to {@code each}, page by page; throws {@link ChannelException}. */
    void readAll(Consumer<Listing> each);
}
