package dev.weir.simulcast;

/**
 * Where do the frames of one accepted publisher go?
 *
 * <p>Called by one thread at a time, on the server's event loop: an implementation must return at once. Times are the
 * publisher's own, unwrapped to 64 bit; they may jump.
 */
public interface StreamSink {

    /** What can be asked of the publisher; called once, before anything else, and not at all where nothing can be. */
    default void control(HostControl control) {}

    /** The publisher's codecs are known or have changed; called before the first frame that needs them. */
    void headers(StreamHeaders headers);

    /** One frame has arrived complete. */
    void unit(MediaUnit unit);

    /** The publisher is gone; the last call. The reason holds no key. */
    void closed(String reason);

    /** The publisher said itself that it stops: the last call, instead of {@link #closed}. */
    default void stopped(String reason) {
        closed(reason);
    }
}
