package dev.weir.simulcast.internal.rtmp;

/** Why did a connection to a server end? No text holds a key. */
public sealed interface PushEnd {

    /** We said goodbye, or never began. */
    record Closed() implements PushEnd {}

    /** The frames can no longer be sent on this connection; a new one must begin with them. */
    record Changed() implements PushEnd {}

    /** The server said no, in these words. */
    record Refused(String words) implements PushEnd {}

    /** The server's certificate is not one to trust. */
    record Untrusted(String words) implements PushEnd {}

    /** Anything else. */
    record Failed(String reason) implements PushEnd {}
}
