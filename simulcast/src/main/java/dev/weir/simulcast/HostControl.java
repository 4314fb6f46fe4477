package dev.weir.simulcast;

/**
 * What can be asked of a publisher while it is here?
 *
 * <p>Handed to {@link StreamSink#control}. Thread-safe; returns at once.
 */
public interface HostControl {

    /** A publisher that takes no requests, as over RTMP and SRT. */
    HostControl NONE = new HostControl() {};

    /** Asks for a key frame soon (RTCP PLI over WebRTC); ignored where the protocol has no such request. */
    default void requestKeyFrame() {}

    /** Ends the publisher's connection; the reason holds no key. */
    default void disconnect(String reason) {}

    /** Ends the publisher's connection, because another one with the same key took its place. */
    default void takenOver() {
        disconnect("a new publisher with the same key took over");
    }
}
