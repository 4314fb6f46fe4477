package dev.weir.simulcast.internal.rtc;

import io.netty.channel.EventLoop;

/**
 * How does one talk to a connected peer?
 *
 * <p>The send methods are for the peer's event loop only; {@link #close} and {@link #loop} for any thread. After the
 * session ended they do nothing.
 */
public interface PeerLink {

    /** The loop that this peer's handler is called on. */
    EventLoop loop();

    /** Encrypts and sends one RTP packet; its header must be complete, at most 1400 bytes. */
    void sendRtp(byte[] packet, int length);

    /** Encrypts and sends one compound RTCP packet, at most 1400 bytes. */
    void sendRtcp(byte[] compound);

    /**
     * Encrypts and sends packets one behind the other with as few calls into the kernel as it takes.
     *
     * @param count of packets, above 0
     * @param source writes each packet
     */
    void sendBurst(int count, PacketSource source);

    /** False while the peer's connection is full and packets for it would be lost. */
    boolean writable();

    /** {@code UDP} or {@code TCP}. */
    String transport();

    /** Ends the session and tells the peer. */
    void close(String reason);

    /** Writes the packets of a burst. */
    @FunctionalInterface
    interface PacketSource {
        /** Writes packet number {@code index} of the burst to the array's start and returns its length. */
        int write(int index, byte[] target);
    }
}
