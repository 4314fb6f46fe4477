package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.Subscription;

/** Where a connection takes its frames from, and whom it tells how it goes. Called on its event loop: return at once. */
public interface PushFeed {

    /** The server takes the stream: frames are wanted from here on. Called at most once. */
    Subscription open();

    /**
     * How it went since the last call; called each turn.
     *
     * @param frames taken from the queue
     * @param bytes that left for the network
     * @param waiting true when there is more than the network takes
     * @return false when the connection shall say goodbye
     */
    boolean sent(int frames, long bytes, boolean waiting);
}
