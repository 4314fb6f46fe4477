package dev.weir.connectors;

import java.util.List;
import java.util.Map;

/** What number does the shop itself show for these? */
public interface StockRead {
    /** Units available by SKU, of {@code listings} (with ids filled in); a SKU unknown to the shop is left out. */
    Map<Sku, Integer> read(List<Listing> listings);
}
