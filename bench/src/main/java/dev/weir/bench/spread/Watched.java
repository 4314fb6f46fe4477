package dev.weir.bench.spread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How long until one shop showed each sale of one SKU that another shop made? It showed it once its level was as low. Thread-safe. */
final class Watched {
    private final Deque<Sale> open = new ArrayDeque<>();
    private final List<Long> took = new ArrayList<>();
    private final int before;
    private int sold;

    /** Units that the shop showed before the first sale. */
    Watched(int before) {
        this.before = before;
    }

    private record Sale(int level, long at) {}

    synchronized void sold(long now) {
        sold++;
        open.add(new Sale(before - sold, now));
    }

    synchronized void shows(int level, long now) {
        while (!open.isEmpty() && open.peek().level() >= level) {
            took.add(now - open.remove().at());
        }
    }

    synchronized boolean isAllShown() {
        return open.isEmpty();
    }

    synchronized List<Long> took() {
        return List.copyOf(took);
    }
}
