package dev.weir.routes;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who wants to see every change of stock as it comes off the log? Called by one thread; must not block for long. */
@FunctionalInterface
public interface StockListener {
    /** The brand's SKU stands at {@code level} now; older versions may still follow newer ones. */
    void changed(String brand, StockLevel level);

    /** As {@link #changed(String, StockLevel)}, with what else buyers in a show are told. */
    default void changed(String brand, StockLevel level, Terms terms) {
        changed(brand, level);
    }

    /**
     * On which terms may it be bought?
     *
     * @param preOrder how many of the level's units are not on hand yet
     * @param shipsFrom the day from which these can be sent; null when nobody knows
     * @param line whether buyers may wait in line when it is sold out
     */
    record Terms(int preOrder, @Nullable LocalDate shipsFrom, boolean line) {}

    /** Whoever has {@code place} in the line for the SKU, or an earlier one, was served; heard at least once. */
    default void served(UUID showId, Sku sku, long place) {}
}
