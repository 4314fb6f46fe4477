package dev.weir.connectors;

/** What should the caller do about a failure of a channel? The one thing that retry rules read. */
public enum Fault {
    /** Try again later with back-off: a time-out before sending, 5xx, connection refused. */
    TRANSIENT(true),
    /** Over the platform's budget: try again after the time it names. */
    THROTTLED(true),
    /** It may or may not have happened: find out by reading back before sending again. */
    OUTCOME_UNKNOWN(false),
    /** The credentials no longer work: tell the operator; do not retry. */
    UNAUTHORISED(false),
    /** The platform refuses this request for good: park it and show why. */
    REJECTED(false),
    /** The thing asked for is not there (or not yet). */
    NOT_FOUND(false),
    /** Somebody changed it first: read again and decide anew. */
    CONFLICT(false),
    /** The channel does not offer this ability at all. */
    UNSUPPORTED(false);

    private final boolean retryable;

    Fault(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether sending the same request again can help. */
    public boolean retryable() {
        return retryable;
    }
}
