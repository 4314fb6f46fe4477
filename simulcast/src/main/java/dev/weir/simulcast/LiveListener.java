package dev.weir.simulcast;

/**
 * Who wants to know when a host comes and goes? Called on the publisher's thread or the one that watches all lives:
 * return at once.
 */
public interface LiveListener {

    /** A host has begun to send, or has come back. */
    default void onPublishing(String showId) {}

    /** The host is gone; it may come back. The reason holds no key. */
    default void onHostLeft(String showId, String reason) {}

    /** The host said itself that it stops, as when somebody presses the encoder's stop button; it may still come back. */
    default void onHostStopped(String showId, String reason) {
        onHostLeft(showId, reason);
    }

    /**
     * What was on air has ended: players have the end of the playlist, targets are disconnected. A host who comes later
     * begins the next epoch, with the same targets.
     *
     * @param reason for people, for example {@code the host was gone for 30 s}
     */
    default void onEnded(String showId, String reason) {}
}
