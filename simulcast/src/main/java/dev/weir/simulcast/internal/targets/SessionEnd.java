package dev.weir.simulcast.internal.targets;

/** Why did one connection to a target end? */
sealed interface SessionEnd {

    /** The target was removed. */
    record Stopped() implements SessionEnd {}

    /** No host for longer than the connection is kept. */
    record HostGone() implements SessionEnd {}

    /** The host changed its codecs; the receiver must begin anew. */
    record CodecsChanged() implements SessionEnd {}

    /** The server said no. */
    record Rejected(String reason) implements SessionEnd {}

    /** Anything else. */
    record Failed(String reason) implements SessionEnd {}
}
