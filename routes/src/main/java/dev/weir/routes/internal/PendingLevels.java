package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which levels does one shop still have to be told? One a SKU, the newest version; what the shop has already falls out.
 * Bounded: past {@link #MOST} SKUs it only remembers that it must compare everything. Thread-safe.
 */
final class PendingLevels {
    static final int MOST = 20_000;

    private final Map<Sku, StockLevel> waiting = new LinkedHashMap<>();
    private final Map<Sku, StockLevel> told = new HashMap<>();
    private boolean overflowed;

    synchronized void offer(StockLevel level) {
        if (isOld(level)) {
            return;
        }
        StockLevel other = waiting.get(level.sku());
        if (other == null && waiting.size() >= MOST) {
            overflowed = true;
        } else if (other == null || other.version() <= level.version()) {
            waiting.put(level.sku(), level);
        }
    }

    synchronized List<StockLevel> take(int most) {
        List<StockLevel> batch = new ArrayList<>();
        Iterator<StockLevel> next = waiting.values().iterator();
        while (next.hasNext() && batch.size() < most) {
            batch.add(next.next());
            next.remove();
        }
        return batch;
    }

    synchronized void told(List<StockLevel> levels) {
        for (StockLevel level : levels) {
            if (isOld(level)) {
                continue;
            }
            told.put(level.sku(), level);
            StockLevel other = waiting.get(level.sku());
            if (other != null && isOld(other)) {
                waiting.remove(level.sku());
            }
        }
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized boolean takeOverflow() {
        boolean was = overflowed;
        overflowed = false;
        return was;
    }

    private boolean isOld(StockLevel level) {
        @Nullable StockLevel last = told.get(level.sku());
        // The same version with another number is news: a hold that ran out frees units before anyone writes.
        return last != null
                && (level.version() < last.version()
                        || (level.version() == last.version() && level.available() == last.available()));
    }
}
