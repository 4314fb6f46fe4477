package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Which way do packets go to a peer? Over UDP, or framed over a TCP connection that the peer opened. */
sealed interface Path permits UdpPath, TcpPath {

    /** Where the peer is. */
    InetSocketAddress remote();

    /** Sends one packet and releases it; from any thread. */
    void send(ByteBuf packet);

    /**
     * Sends packets that lie one behind the other, all {@code segment} bytes long but for the last, which may be
     * shorter; releases the buffer. Returns the number of calls into the kernel that this takes.
     */
    int sendRun(ByteBuf run, int segment);

    /** Hands what was sent to the kernel. */
    void flush();

    /** False while the peer takes so little that it must do without. */
    boolean writable();

    /** UDP or TCP. */
    String transport();
}
