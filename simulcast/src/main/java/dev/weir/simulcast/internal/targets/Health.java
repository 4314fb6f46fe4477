package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.TargetState;
import java.time.Duration;

/** Judges one connection by the bytes that leave: LIVE needs 4 KiB, DEGRADED lasts until 5 s went well. */
final class Health {

    private static final long LIVE_BYTES = 4096;
    private static final long SLOW_WRITE_NANOS = 1_000_000_000L;
    private static final long RECOVERY_NANOS = 5_000_000_000L;
    private static final long STABLE_NANOS = 30_000_000_000L;

    private final TargetBook book;
    private final Backoff backoff;
    private final Subscription queue;
    private final long startedAt = System.nanoTime();
    private long sent;
    private long dropped;
    private long writeBegan;
    private long lastUnitAt = startedAt;
    private long troubleAt = startedAt - RECOVERY_NANOS;

    Health(TargetBook book, Backoff backoff, Subscription queue) {
        this.book = book;
        this.backoff = backoff;
        this.queue = queue;
    }

    void before() {
        writeBegan = System.nanoTime();
    }

    void after(long bytes) {
        long now = System.nanoTime();
        lastUnitAt = now;
        sent += bytes;
        book.sent(bytes, now);
        long lost = queue.droppedUnits() - dropped;
        dropped += lost;
        book.dropped(lost);
        if (lost > 0 || now - writeBegan > SLOW_WRITE_NANOS) {
            troubleAt = now;
        }
        if (sent >= LIVE_BYTES && bytes > 0) {
            judge(now);
        }
    }

    private void judge(long now) {
        boolean well = now - troubleAt >= RECOVERY_NANOS;
        if (well || book.state() == TargetState.CONNECTING) {
            book.move(TargetState.LIVE);
        }
        if (!well) {
            book.move(TargetState.DEGRADED);
        }
        if (now - startedAt > STABLE_NANOS) {
            backoff.reset();
        }
    }

    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastUnitAt);
    }
}
