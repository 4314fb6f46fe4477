package dev.weir.live.internal;

import dev.weir.live.Coalescer;
import dev.weir.live.ShowEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Fans events out to the listeners of this process. An event published inside a transaction waits for its commit and is
 * forgotten with its rollback: nobody hears of what did not happen.
 */
public final class InProcessShowEvents implements ShowEvents {
    /** Most listeners of one show; past it viewers belong on another engine. */
    public static final int MAX_LISTENERS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(InProcessShowEvents.class);

    private final Map<UUID, Set<Place>> places = new ConcurrentHashMap<>();
    private final Coalescer viewers = new Coalescer("viewers", Duration.ofMillis(250), this::tellViewers);

    @Override
    public void publish(UUID showId, Event event) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            deliver(showId, event);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                deliver(showId, event);
            }
        });
    }

    @Override
    public Subscription subscribe(UUID showId, Consumer<Event> listener) {
        Place place = new Place(showId, listener);
        places.compute(showId, (id, present) -> {
            Set<Place> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            if (all.size() >= MAX_LISTENERS) {
                throw new IllegalStateException(
                        "listeners: " + all.size() + " of show " + id + " (expected: at most " + MAX_LISTENERS + ")");
            }
            all.add(place);
            return all;
        });
        viewers.hint(showId);
        return place;
    }

    @Override
    public int listeners(UUID showId) {
        return places.getOrDefault(showId, Set.of()).size();
    }

    @Override
    public boolean hasListeners() {
        return !places.isEmpty();
    }

    private void deliver(UUID showId, Event event) {
        for (Place place : places.getOrDefault(showId, Set.of())) {
            try {
                place.listener.accept(event);
            } catch (RuntimeException e) {
                LOG.info("A listener of show {} failed on {} and was dropped", showId, event.name(), e);
                place.close();
            }
        }
    }

    private void tellViewers(UUID showId) {
        int count = listeners(showId);
        if (count > 0) {
            deliver(showId, new Event("viewers", Map.of("count", count), false));
        }
    }

    private void leave(Place place) {
        places.computeIfPresent(place.showId, (id, all) -> {
            all.remove(place);
            return all.isEmpty() ? null : all;
        });
        viewers.hint(place.showId);
    }

    /** One listener; told apart by identity, for one consumer may listen twice. */
    private final class Place implements Subscription {
        private final UUID showId;
        private final Consumer<Event> listener;
        private final AtomicBoolean open = new AtomicBoolean(true);

        Place(UUID showId, Consumer<Event> listener) {
            this.showId = showId;
            this.listener = listener;
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                leave(this);
            }
        }
    }
}
