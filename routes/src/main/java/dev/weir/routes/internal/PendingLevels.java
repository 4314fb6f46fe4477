package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import dev.weir.connectors.StockLevel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which levels does one shop still have to be told? One a SKU, the newest version; what the shop has already falls out. News goes
 * before the rest, which nobody waits for: levels found by comparing, and those of listings that are new. Bounded: past {@link #MOST}
 * SKUs of either it only remembers that it must compare everything. Thread-safe.
 */
final class PendingLevels {
    static final int MOST = 20_000;

    private final Map<Sku, StockLevel> news = new LinkedHashMap<>();
    private final Map<Sku, StockLevel> rest = new LinkedHashMap<>();
    private final Map<Sku, StockLevel> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sku, StockLevel> eldest) {
            return size() > MOST;
        }
    };
    private final StockLag lag = new StockLag();
    private final InstantSource clock;
    private boolean overflowed;

    PendingLevels(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void offer(StockLevel level) {
        put(news, level);
        if (news.containsKey(level.sku())) {
            rest.remove(level.sku());
            lag.heard(level.sku(), clock.instant());
        }
    }

    /** For news that was taken and could not be written. */
    synchronized void putBack(List<StockLevel> batch) {
        lag.putBack();
        batch.forEach(this::offer);
        waitsNoMore(batch);
    }

    /** What was taken is written, or refused. */
    synchronized void written() {
        lag.written();
    }

    /** How long the oldest news waits; 0 when there is none. */
    synchronized Duration behind() {
        return lag.behind(clock.instant());
    }

    private void waitsNoMore(List<StockLevel> batch) {
        batch.stream()
                .map(StockLevel::sku)
                .filter(sku -> !news.containsKey(sku))
                .forEach(lag::fellOut);
    }

    /** For a level that nobody waits for. */
    synchronized void offerLater(StockLevel level) {
        StockLevel other = news.get(level.sku());
        if (other == null || other.version() < level.version()) {
            put(rest, level);
        }
    }

    private void put(Map<Sku, StockLevel> waiting, StockLevel level) {
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

    /** News, the oldest first. */
    synchronized List<StockLevel> take(int most) {
        List<StockLevel> batch = take(news, most);
        lag.taken(batch.stream().map(StockLevel::sku).toList());
        return batch;
    }

    /** What is not news. */
    synchronized List<StockLevel> takeRest(int most) {
        return take(rest, most);
    }

    private static List<StockLevel> take(Map<Sku, StockLevel> waiting, int most) {
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
            dropOld(news, level.sku());
            dropOld(rest, level.sku());
        }
        waitsNoMore(levels);
    }

    private void dropOld(Map<Sku, StockLevel> waiting, Sku sku) {
        StockLevel other = waiting.get(sku);
        if (other != null && isOld(other)) {
            waiting.remove(sku);
        }
    }

    synchronized int news() {
        return news.size();
    }

    synchronized boolean hasRest() {
        return !rest.isEmpty();
    }

    synchronized int size() {
        return news.size() + rest.size();
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
