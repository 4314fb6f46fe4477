package dev.weir.hub.internal.connections;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections does this hub refresh right now? One refresh a connection and two a channel: a refresh holds a database connection
 * while it waits for its platform, and neither a storm of refused calls nor one slow platform may use them up.
 */
final class Flights {
    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);
    private static final int PLACES = 2;
    private static final long LONGEST_SECONDS = 120;

    private final ConcurrentMap<UUID, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final java.util.Map<String, Semaphore> places;

    Flights(Set<String> channels) {
        places = channels.stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), channel -> new Semaphore(PLACES)));
    }

    /** Runs {@code refresh}, or waits at most two minutes for the one that runs already. */
    void join(UUID id, String channel, Runnable refresh) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> before = running.putIfAbsent(id, mine);
        if (before == null) {
            run(id, channel, mine, refresh);
            return;
        }
        try {
            before.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A refresh of connection {} did not end in {} s", id, LONGEST_SECONDS, e);
        }
    }

    /** Runs {@code refresh}, unless one runs already; a failure is noted, because nobody waits for it. */
    void begin(UUID id, String channel, Runnable refresh) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (running.putIfAbsent(id, mine) == null) {
            try {
                run(id, channel, mine, refresh);
            } catch (RuntimeException e) {
                LOG.warn("Refreshing connection {} failed and will be tried again", id, e);
            }
        }
    }

    private void run(UUID id, String channel, CompletableFuture<Void> mine, Runnable refresh) {
        Semaphore place = java.util.Objects.requireNonNull(places.get(channel), channel);
        try {
            place.acquire();
            try {
                refresh.run();
            } finally {
                place.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(id, mine);
            mine.complete(null);
        }
    }
}
