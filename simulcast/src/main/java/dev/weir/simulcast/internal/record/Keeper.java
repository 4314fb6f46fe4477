package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingStore;
import dev.weir.simulcast.WaitingRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands complete recordings to the store, one after the other, and tries again until it has them; meanwhile they stay
 * on the disk. What waits is bounded by the disk. Once kept, only the notes stay here, so that lists need no store.
 * Thread-safe.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration STOP_TIME = Duration.ofSeconds(2);

    /** How long a recording that is deleted waits for its upload to give up. */
    private static final Duration RELEASE_TIME = Duration.ofSeconds(10);

    private final RecordingStore store;
    private final DelayQueue<PendingKeep> queue = new DelayQueue<>();
    private final Map<String, PendingKeep> waiting = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("recording-keep").unstarted(this::run);
    private volatile boolean stopped;
    private @Nullable PendingKeep current;

    Keeper(RecordingStore store) {
        this.store = store;
    }

    void start() {
        thread.start();
    }

    /** The folder is complete: keep it. */
    void submit(Folder folder, Recording ready) {
        var pending = new PendingKeep(folder, ready);
        waiting.put(pending.key(), pending);
        queue.add(pending);
    }

    /** What is not in the store yet, oldest first. */
    List<WaitingRecording> waiting() {
        return waiting.values().stream()
                .map(PendingKeep::view)
                .sorted(Comparator.comparing(WaitingRecording::endedAt))
                .toList();
    }

    /** It is not to be kept any more: returns when nothing of it is being sent. */
    void release(String key) throws IOException {
        PendingKeep gone = waiting.remove(key);
        if (gone != null) {
            queue.remove(gone);
            awaitRelease(gone);
        }
    }

    private synchronized void awaitRelease(PendingKeep gone) throws IOException {
        long until = System.nanoTime() + RELEASE_TIME.toNanos();
        try {
            while (current == gone) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0) {
                    throw new IOException("recording %s: still being sent (expected: given up)".formatted(gone.key()));
                }
                thread.interrupt();
                wait(Math.min(left, 200));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private synchronized void setCurrent(@Nullable PendingKeep next) {
        current = next;
        notifyAll();
    }

    private void run() {
        while (!stopped) {
            try {
                PendingKeep next = queue.take();
                setCurrent(next);
                if (waiting.get(next.key()) == next) {
                    attempt(next);
                }
            } catch (InterruptedException e) {
                LOG.trace("an upload was given up");
            } finally {
                setCurrent(null);
            }
        }
    }

    private void attempt(PendingKeep pending) {
        try {
            if (store.keep(pending.key(), pending.folder().complete())) {
                forget(pending.folder());
                LOG.info("recording {} is in the store", pending.key());
            }
            waiting.remove(pending.key(), pending);
        } catch (IOException | RuntimeException e) {
            if (!stopped && waiting.get(pending.key()) == pending) {
                pending.failed(String.valueOf(e.getMessage()));
                LOG.warn("recording {} stays on the disk for now: {}", pending.view(), pending.error());
                queue.add(pending);
            }
        }
    }

    private static void forget(Folder folder) throws IOException {
        for (Path file : folder.files()) {
            if (!file.equals(folder.notes())) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(STOP_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
