package dev.weir.simulcast.internal.rtc;

/**
 * What happens with a peer? All calls come from the peer's event loop, one at a time, and must return at once.
 *
 * <p>The order is: {@link #connected} at most once, then packets, then {@link #closed} exactly once.
 */
public interface PeerHandler {

    /** The handshake is done: packets can be sent, and come from now on. */
    void connected(PeerLink link);

    /** One RTP packet, authenticated and decrypted; the array is the handler's to keep. */
    default void rtp(byte[] packet) {}

    /** One compound RTCP packet, authenticated and decrypted; the array is the handler's to keep. */
    default void rtcp(byte[] compound) {}

    /** The session is over; also called when it never connected. */
    void closed(String reason);

    /** As {@link #closed}, and instead of it: the peer itself ended the session. */
    default void stopped(String reason) {
        closed(reason);
    }

    /** What the handler knows of its stream, asked from any thread. */
    default MediaCounters counters() {
        return MediaCounters.NONE;
    }
}
