package dev.weir.reservation;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What may a channel be told, and what did it take? The one place where a channel's number is made. Thread-safe. */
public interface ChannelLevels {
    /**
     * The number of each SKU that {@code channel} may sell from now on, never negative: what its policy allows less its safety
     * stock. Of an allocation that is made smaller it is the smaller number. A channel with units of its own and no policy may
     * sell these; one without either sees what is free. Unknown SKUs are left out.
     *
     * @param skus at most 1,000
     */
    Map<Sku, StockLevel> published(String brand, String channel, Collection<Sku> skus);

    /**
     * The channel took these numbers of {@link #published}: an allocation that waited for one of them, or an older one, begins
     * to drain. Repeatable; levels that nothing waits for cost one query. A transaction of its own for each SKU.
     */
    void confirmed(String brand, String channel, List<StockLevel> taken);
}
