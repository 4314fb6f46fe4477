package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.Subscription;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetState;
import org.jspecify.annotations.Nullable;

/**
 * Judges one session by the bytes that leave: LIVE needs 4 KiB of them, DEGRADED lasts until 5 s went well. Called by one
 * thread at a time; silent after {@link #close}, so that a native call left behind cannot speak for a later session.
 */
final class Health {

    private static final long LIVE_BYTES = 4096;
    static final long STUCK_NANOS = 1_000_000_000L;
    private static final long RECOVERY_NANOS = 5_000_000_000L;
    private static final long STABLE_NANOS = 30_000_000_000L;

    private final TargetBook book;
    private final Backoff backoff;
    private final TargetPolicy policy;
    private @Nullable Subscription queue;
    private long startedAt;
    private long sent;
    private long dropped;
    private long progressAt;
    private long framesAt;
    private long troubleAt;
    private volatile boolean closed;

    Health(TargetBook book, Backoff backoff, TargetPolicy policy) {
        this.book = book;
        this.backoff = backoff;
        this.policy = policy;
    }

    /** The receiver takes frames from here on. */
    void begin(Subscription taken) {
        queue = taken;
        startedAt = System.nanoTime();
        progressAt = startedAt;
        framesAt = startedAt;
        troubleAt = startedAt - RECOVERY_NANOS;
    }

    /**
     * How it went since the last call.
     *
     * @param frames taken from the queue
     * @param bytes that left for the network
     * @param waiting true when there is more than the network takes
     * @return false when no host has sent anything for too long
     */
    boolean sent(int frames, long bytes, boolean waiting) {
        Subscription from = queue;
        if (closed || from == null) {
            return false;
        }
        long now = System.nanoTime();
        framesAt = frames > 0 || waiting ? now : framesAt;
        if (bytes > 0 || !waiting) {
            progressAt = now;
        }
        sent += bytes;
        long lost = from.droppedUnits() - dropped;
        dropped += lost;
        book.sent(bytes, lost, from.queuedMillis(), now);
        if (lost > 0 || now - progressAt > STUCK_NANOS) {
            troubleAt = now;
        }
        if (sent >= LIVE_BYTES) {
            judge(now);
        }
        return now - framesAt <= policy.hostGap().toNanos() && !(from.isClosed() && frames == 0 && !waiting);
    }

    /** A blocking call took so long that frames may have had to wait. */
    void slow() {
        troubleAt = System.nanoTime();
    }

    private void judge(long now) {
        boolean well = now - troubleAt >= RECOVERY_NANOS;
        if (well) {
            book.move(TargetState.LIVE);
        } else {
            if (book.state() == TargetState.CONNECTING) {
                book.move(TargetState.LIVE);
            }
            book.move(TargetState.DEGRADED);
        }
        if (now - startedAt > STABLE_NANOS) {
            backoff.reset();
        }
    }

    /** The session is over. */
    void close() {
        closed = true;
    }
}
