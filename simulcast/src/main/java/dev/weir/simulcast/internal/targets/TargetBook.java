package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A target's state and counters, and the only place that changes the state. Thread-safe. */
public final class TargetBook {

    private static final long STALL_NANOS = 3_000_000_000L;

    private final TargetSpec spec;
    private TargetState state = TargetState.IDLE;
    private long bytes;
    private long dropped;
    private int connections;
    private @Nullable String lastError;
    private @Nullable Instant nextRetryAt;
    private long progressAt;

    /** An idle target. */
    public TargetBook(TargetSpec spec) {
        this.spec = spec;
    }

    /**
     * Changes the state; staying in it is no change.
     *
     * @throws IllegalStateException when the table does not allow it
     */
    public synchronized void move(TargetState to) {
        if (to == state) {
            return;
        }
        if (!state.mayBecome(to)) {
            throw new IllegalStateException(
                    "target state: %s to %s (expected: one of %s)".formatted(state, to, state.next()));
        }
        state = to;
        nextRetryAt = null;
        if (to == TargetState.CONNECTING) {
            connections++;
        }
    }

    synchronized void failed(TargetState to, String reason, Instant retryAt) {
        move(to);
        lastError = reason;
        nextRetryAt = retryAt;
    }

    synchronized void sent(long more, long nanoTime) {
        if (more > 0) {
            bytes += more;
            progressAt = nanoTime;
        }
    }

    synchronized void dropped(long more) {
        dropped += more;
    }

    /** Marks a live target that has sent nothing for 3 s. */
    public synchronized void checkProgress(long nanoTime) {
        if (state == TargetState.LIVE && nanoTime - progressAt > STALL_NANOS) {
            move(TargetState.DEGRADED);
        }
    }

    /** The state now. */
    public synchronized TargetState state() {
        return state;
    }

    /** Everything now. */
    public synchronized TargetStatus status() {
        return new TargetStatus(
                spec.id(),
                spec.name(),
                spec.channel(),
                spec.redactedUrl(),
                state,
                bytes,
                dropped,
                Math.max(0, connections - 1),
                lastError,
                nextRetryAt);
    }
}
