package dev.weir.live;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How do many hints about one show become few? The first hint starts a short wait; those that come meanwhile join it,
 * and then the work is done once for all of them, on a virtual thread. Thread-safe.
 */
public final class Coalescer {
    private static final Logger LOG = LoggerFactory.getLogger(Coalescer.class);

    private final String name;
    private final Duration wait;
    private final Consumer<UUID> work;
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();

    /** Does {@code work} for a show {@code wait} after the first hint; a failure is logged under {@code name}. */
    public Coalescer(String name, Duration wait, Consumer<UUID> work) {
        this.name = name;
        this.wait = wait;
        this.work = work;
    }

    /** Something changed in the show; returns at once. */
    public void hint(UUID showId) {
        if (waiting.add(showId)) {
            Thread.ofVirtual().name(name + "-" + showId).start(() -> run(showId));
        }
    }

    private void run(UUID showId) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Taken off first: a change during the work must start another round.
        waiting.remove(showId);
        try {
            work.accept(showId);
        } catch (RuntimeException e) {
            LOG.warn("{} for show {} failed: the next change tries again", name, showId, e);
        }
    }
}
