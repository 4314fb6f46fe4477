package dev.weir.routes;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.util.UUID;

/** Who wants to see every change of stock as it comes off the log? Called by one thread; must not block for long. */
@FunctionalInterface
public interface StockListener {
    /** The brand's SKU stands at {@code level} now; older versions may still follow newer ones. */
    void changed(String brand, StockLevel level);

    /** Whoever has {@code place} in the line for the SKU, or an earlier one, was served; heard at least once. */
    default void served(UUID showId, Sku sku, long place) {}
}
