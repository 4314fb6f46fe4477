package dev.weir.routes.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * How is a brand's due work done, a few pieces at once and beside other brands'? Each piece on a virtual thread, until there is
 * none left. What fails is the piece's own affair. Thread-safe.
 */
final class Drain {
    private final String name;
    private final int sideBySide;
    private final Predicate<String> piece;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@code piece} does one due piece of a brand, and says false when there is none. */
    Drain(String name, int sideBySide, Predicate<String> piece) {
        this.name = name;
        this.sideBySide = sideBySide;
        this.piece = piece;
    }

    /** Begins with the brand's work, unless enough are at it. */
    void start(String brand) {
        Semaphore free = places.computeIfAbsent(brand, key -> new Semaphore(sideBySide));
        while (!closed && free.tryAcquire()) {
            Thread.ofVirtual().name(name + "-" + brand).start(() -> {
                try {
                    work(brand);
                } finally {
                    free.release();
                }
            });
        }
    }

    private void work(String brand) {
        boolean more = true;
        while (more && !closed) {
            more = piece.test(brand);
        }
    }

    /** Nothing new begins. */
    void close() {
        closed = true;
    }
}
