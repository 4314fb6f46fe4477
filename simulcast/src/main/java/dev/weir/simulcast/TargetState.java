package dev.weir.simulcast;

import java.util.Set;

/** How is a push to one address doing? Which state may follow which is a fixed table. */
public enum TargetState {
    /** No host is publishing; nothing to send. */
    IDLE,
    /** A connection is being made. */
    CONNECTING,
    /** Bytes are leaving. */
    LIVE,
    /** Connected, but frames were dropped or no byte has left for 3 s. */
    DEGRADED,
    /** The last attempt failed; another one comes by itself. */
    BACKOFF,
    /** The server refused the key or its certificate is not trusted; tried again on request or after a minute. */
    REJECTED,
    /** Removed; final. */
    ENDED;

    /** The states that may follow this one. */
    public Set<TargetState> next() {
        return switch (this) {
            case IDLE -> Set.of(CONNECTING, ENDED);
            case CONNECTING -> Set.of(LIVE, BACKOFF, REJECTED, IDLE, ENDED);
            case LIVE -> Set.of(DEGRADED, CONNECTING, BACKOFF, REJECTED, IDLE, ENDED);
            case DEGRADED -> Set.of(LIVE, CONNECTING, BACKOFF, REJECTED, IDLE, ENDED);
            case BACKOFF, REJECTED -> Set.of(CONNECTING, IDLE, ENDED);
            case ENDED -> Set.of();
        };
    }

    /** True when {@code other} may follow this one. */
    public boolean mayBecome(TargetState other) {
        return next().contains(other);
    }
}
