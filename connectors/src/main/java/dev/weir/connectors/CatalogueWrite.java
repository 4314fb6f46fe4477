package dev.weir.connectors;

import java.util.List;

/** How do our listings reach a shop that follows us? */
public interface CatalogueWrite {
    /** Creates or updates {@code listings} by SKU; repeatable. Returns each with the shop's own ids filled in. */
    List<Listing> write(List<Listing> listings);
}
