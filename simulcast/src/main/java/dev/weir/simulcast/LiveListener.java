package dev.weir.simulcast;

/** Who wants to know when a host comes and goes? Called on the publisher's thread: return at once. */
public interface LiveListener {

    /** A host has begun to send, or has come back. */
    default void onPublishing(String showId) {}

    /** The host is gone; it may come back. The reason holds no key. */
    default void onHostLeft(String showId, String reason) {}

    /** The live is over for good. */
    default void onEnded(String showId) {}
}
