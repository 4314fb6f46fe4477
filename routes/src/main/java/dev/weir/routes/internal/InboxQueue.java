package dev.weir.routes.internal;

import dev.weir.routes.Inbox.Stored;
import dev.weir.routes.Inbox.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How do deliveries that come at once share a commit? One writer at a time takes whatever has gathered during the commit before
 * it, so that nobody waits for company. Nobody is answered before their own row is on disk. Thread-safe.
 */
final class InboxQueue implements AutoCloseable {
    /** Who comes then waits for room, as long as for the answer. */
    private static final int MOST_WAITING = 1_024;

    /** A thread of the system's own, for as long as deliveries come: a virtual one is slower to come back from each wait. */
    private final ExecutorService writer = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("intake-", 0).factory());

    private final InboxWrites writes;
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private @Nullable Pending left;

    InboxQueue(InboxWrites writes) {
        this.writes = writes;
    }

    /**
     * Answers when the row is there, or exceptionally: with what the database threw, {@link TimeoutException} after {@code most}, when
     * the row may be there all the same, or {@link Unavailable} once this is closed.
     */
    CompletableFuture<Stored> offer(InboxRow row, Duration most) throws InterruptedException {
        Pending pending =
                new Pending(row, new CompletableFuture<Stored>().orTimeout(most.toNanos(), TimeUnit.NANOSECONDS));
        if (waiting.offer(pending, most.toNanos(), TimeUnit.NANOSECONDS) && writing.compareAndSet(false, true)) {
            try {
                writer.execute(this::write);
            } catch (RejectedExecutionException e) {
                writing.set(false);
                pending.answer.completeExceptionally(new Unavailable("the hub stops", e));
            }
        }
        return pending.answer;
    }

    private void write() {
        do {
            try {
                for (List<Pending> batch = next(); !batch.isEmpty(); batch = next()) {
                    store(batch);
                }
            } finally {
                writing.set(false);
            }
        } while (!waiting.isEmpty() && writing.compareAndSet(false, true));
    }

    /** What waits, as much as one statement takes; only the writer calls it. */
    private List<Pending> next() {
        List<Pending> batch = new ArrayList<>();
        long bytes = 0;
        Pending one = left == null ? waiting.poll() : left;
        left = null;
        while (one != null) {
            bytes += one.row.size();
            if (!batch.isEmpty() && bytes > InboxWrites.MOST_BYTES) {
                left = one;
                return batch;
            }
            batch.add(one);
            one = batch.size() < InboxWrites.MOST_ROWS ? waiting.poll() : null;
        }
        return batch;
    }

    private void store(List<Pending> batch) {
        try {
            Map<UUID, Stored> each =
                    writes.store(batch.stream().map(Pending::row).toList());
            batch.forEach(one -> one.answer.complete(Objects.requireNonNull(each.get(one.row.id()))));
        } catch (RuntimeException | Error e) {
            if (batch.size() > 1 && Outage.mayGoAlone(e)) {
                batch.forEach(one -> store(List.of(one)));
            } else {
                batch.forEach(one -> one.answer.completeExceptionally(e));
            }
        }
    }

    /** What was offered before is still stored; what comes now is refused. */
    @Override
    public void close() {
        writer.shutdown();
    }

    private record Pending(InboxRow row, CompletableFuture<Stored> answer) {}
}
