package dev.weir.instagram.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Which items of a catalogue are in a batch that Meta has not finished? Two open batches that touch one item end in either
 * order, so an item waits until the batch before it has ended; batches of other items do not wait. Thread-safe.
 *
 * <p>Bounds: an item waits 40 s, then the caller is told to come again; the last 256 unfinished batches are remembered.
 */
public final class OpenBatches {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int REMEMBERED = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Set<String>> unfinished = new LinkedHashMap<>();

    /** Nothing open yet. */
    public OpenBatches() {}

    /**
     * Takes {@code items}, waiting for whoever has one of them.
     *
     * @param finished asks Meta whether the batch of a handle has ended
     * @throws ChannelException {@link Fault#TRANSIENT} when an earlier batch with one of them is still open
     */
    void enter(Set<String> items, Predicate<String> finished) {
        claim(items);
        try {
            for (String handle : open(items)) {
                if (!finished.test(handle)) {
                    throw stillOpen("batch " + handle);
                }
                forget(handle);
            }
        } catch (RuntimeException e) {
            leave(items, List.of());
            throw e;
        }
    }

    /** Gives {@code items} back; {@code open} are the handles of their batch that have not ended. */
    void leave(Set<String> items, List<String> open) {
        lock.lock();
        try {
            open.forEach(handle -> unfinished.put(handle, items));
            while (unfinished.size() > REMEMBERED) {
                unfinished.remove(unfinished.keySet().iterator().next());
            }
            busy.removeAll(items);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void claim(Set<String> items) {
        lock.lock();
        try {
            long nanos = PATIENCE.toNanos();
            while (items.stream().anyMatch(busy::contains)) {
                if (nanos <= 0) {
                    throw stillOpen("a batch");
                }
                nanos = left.awaitNanos(nanos);
            }
            busy.addAll(items);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(Fault.TRANSIENT, "itemsBatch: interrupted before it was sent", null, e);
        } finally {
            lock.unlock();
        }
    }

    private List<String> open(Set<String> items) {
        lock.lock();
        try {
            List<String> handles = new ArrayList<>();
            unfinished.forEach((handle, touched) -> {
                if (touched.stream().anyMatch(items::contains)) {
                    handles.add(handle);
                }
            });
            return handles;
        } finally {
            lock.unlock();
        }
    }

    private void forget(String handle) {
        lock.lock();
        try {
            unfinished.remove(handle);
        } finally {
            lock.unlock();
        }
    }

    private static ChannelException stillOpen(String batch) {
        return new ChannelException(
                Fault.TRANSIENT,
                "itemsBatch: " + batch + " with some of these items is still open",
                Duration.ofSeconds(10),
                null);
    }
}
