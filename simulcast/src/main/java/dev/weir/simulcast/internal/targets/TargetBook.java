package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.Misfit;
import dev.weir.simulcast.TargetEvent;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A target's address, state and counters, and the only place that changes the state. Thread-safe. */
public final class TargetBook {

    private static final long STALL_NANOS = 3_000_000_000L;
    private static final int MAX_EVENTS = 30;

    private final InstantSource clock;
    private final Deque<TargetEvent> history = new ArrayDeque<>();
    private final ByteRate rate = new ByteRate();
    private TargetSpec spec;
    private TargetState state = TargetState.IDLE;
    private Instant since;
    private long bytes;
    private long dropped;
    private long queueMillis;
    private int connections;
    private @Nullable String lastError;
    private @Nullable Instant nextRetryAt;
    private long progressAt;
    private boolean progressed;

    /** An idle target. */
    public TargetBook(TargetSpec spec, InstantSource clock) {
        this.spec = spec;
        this.clock = clock;
        this.since = clock.instant();
    }

    /** The target as it is now. */
    public synchronized TargetSpec spec() {
        return spec;
    }

    /** Another address for the same target; its counters and history go on. */
    public synchronized void respec(TargetSpec changed) {
        spec = changed;
        progressed = false;
    }

    /**
     * Changes the state; staying in it is no change.
     *
     * @throws IllegalStateException when the table does not allow it
     */
    public synchronized void move(TargetState to) {
        move(to, null);
    }

    private void move(TargetState to, @Nullable String reason) {
        if (to == state) {
            return;
        }
        if (!state.mayBecome(to)) {
            throw new IllegalStateException(
                    "target state: %s to %s (expected: one of %s)".formatted(state, to, state.next()));
        }
        state = to;
        since = clock.instant();
        nextRetryAt = null;
        if (to != TargetState.LIVE && to != TargetState.DEGRADED) {
            queueMillis = 0;
        }
        if (history.size() == MAX_EVENTS) {
            history.removeFirst();
        }
        history.addLast(new TargetEvent(since, to, reason));
    }

    /** A connection is begun, be it from another state or straight after the one before. */
    synchronized void connecting() {
        move(TargetState.CONNECTING);
        connections++;
    }

    synchronized void failed(TargetState to, String reason, Instant retryAt) {
        move(to, reason);
        lastError = reason;
        nextRetryAt = retryAt;
    }

    synchronized void sent(long more, long lost, long waitingMillis, long nanoTime) {
        dropped += lost;
        queueMillis = waitingMillis;
        if (more > 0) {
            bytes += more;
            progressAt = nanoTime;
            progressed = true;
        }
    }

    /** Measures the rate, and marks a live target that has sent nothing for 3 s; to be called twice a second. */
    public synchronized void checkProgress(long nanoTime) {
        rate.sample(bytes, nanoTime);
        if (state == TargetState.LIVE && nanoTime - progressAt > STALL_NANOS) {
            move(TargetState.DEGRADED, "nothing has left for %d s".formatted(STALL_NANOS / 1_000_000_000L));
        }
    }

    /** True when bytes left for the present address within that time. */
    synchronized boolean wasLiveWithin(Duration time, long nanoTime) {
        return progressed && nanoTime - progressAt < time.toNanos();
    }

    /** The state now. */
    public synchronized TargetState state() {
        return state;
    }

    /**
     * Everything now.
     *
     * @param misfits what the stream exceeds
     */
    public synchronized TargetStatus status(List<Misfit> misfits) {
        return new TargetStatus(
                spec.id(),
                spec.name(),
                spec.channel(),
                spec.redactedUrl(),
                state,
                since,
                bytes,
                rate.kbps(),
                queueMillis,
                dropped,
                Math.max(0, connections - 1),
                lastError,
                nextRetryAt,
                misfits,
                List.copyOf(history));
    }
}
