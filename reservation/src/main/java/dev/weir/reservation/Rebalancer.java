package dev.weir.reservation;

import dev.weir.connectors.Sku;
import java.util.Map;
import java.util.Set;

/**
 * Who moves units to the channels that sell them? While a show is on, each channel's share of what is left follows what it
 * sold in the last minutes, within its floor and ceiling, and starts from its aim. Small differences and fresh changes are left
 * alone, so that units do not go back and forth. Under a lease: of many hubs one does it. Thread-safe.
 */
@FunctionalInterface
public interface Rebalancer {
    /**
     * Looks at each SKU that a show sells now, and returns what was allocated for those that none sells any more; meant for
     * every few seconds. Never throws: a database that is away is logged and tried at the next call.
     *
     * @param onAir SKUs of the shows that are live, by brand
     * @return how many allocations were changed; 0 when another hub has the lease
     */
    int rebalance(Map<String, Set<Sku>> onAir);
}
