package dev.weir.simulcast.internal.srt;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller that was let in: its datagrams go to a seat's listener and back. The listener wants a cookie of its own,
 * so it is greeted first and the caller's handshake is given that cookie. Ends when either side says goodbye, or when
 * the listener is silent for too long; the protocol itself notices a caller that is.
 */
final class SrtPeer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SrtPeer.class);
    private static final int HANDSHAKE_MILLIS = 3000;
    /** A listener that has a caller sends something every second. */
    private static final int SILENCE_MILLIS = 10_000;

    private final SrtFront front;
    private final InetSocketAddress caller;
    private final SrtSeat seat;
    private final Handshake conclusion;
    private final DatagramSocket inside;
    private volatile @Nullable Integer cookie;
    private boolean connected;

    private SrtPeer(
            SrtFront front, InetSocketAddress caller, SrtSeat seat, Handshake conclusion, DatagramSocket inside) {
        this.front = front;
        this.caller = caller;
        this.seat = seat;
        this.conclusion = conclusion;
        this.inside = inside;
    }

    static SrtPeer connect(SrtFront front, InetSocketAddress caller, SrtSeat seat, Handshake conclusion)
            throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var inside = new DatagramSocket(new InetSocketAddress(loopback, 0));
        inside.connect(new InetSocketAddress(loopback, seat.port()));
        inside.setReceiveBufferSize(SrtFront.BUFFERED_BYTES);
        inside.setSoTimeout(HANDSHAKE_MILLIS);
        return new SrtPeer(front, caller, seat, conclusion, inside);
    }

    void start() {
        Thread.ofVirtual().name("srt-peer-" + caller.getPort()).start(this::run);
        send(conclusion.induction());
    }

    /** Whether the handshake belongs to this call, and not to the next one from the same address. */
    boolean sent(Handshake handshake) {
        return handshake.type() == Handshake.CONCLUSION && handshake.socket() == conclusion.socket();
    }

    /** From the caller to the listener. */
    void pass(@Nullable Handshake handshake, byte[] datagram, int length) {
        Integer known = cookie;
        if (handshake != null) {
            send(known == null ? conclusion.induction() : handshake.withCookie(known));
            return;
        }
        if (Handshake.isGoodbye(datagram, length)) {
            seat.sayGoodbye();
        }
        send(new DatagramPacket(datagram, length));
    }

    private void run() {
        var packet = new DatagramPacket(new byte[SrtFront.LONGEST_DATAGRAM], SrtFront.LONGEST_DATAGRAM);
        try (this) {
            boolean goesOn = true;
            while (goesOn) {
                packet.setLength(SrtFront.LONGEST_DATAGRAM);
                goesOn = !receive(packet) || answer(packet);
            }
        } catch (IOException e) {
            LOG.debug("SRT caller at {} is let go: {}", caller, e.getMessage());
        }
    }

    /** False while the listener is not up yet. */
    private boolean receive(DatagramPacket packet) throws IOException {
        try {
            inside.receive(packet);
            return true;
        } catch (PortUnreachableException e) {
            if (connected) {
                throw e;
            }
            return false;
        }
    }

    /** From the listener to the caller; false when it was the last. */
    private boolean answer(DatagramPacket packet) throws IOException {
        Handshake handshake = Handshake.of(packet.getData(), packet.getLength());
        if (handshake != null && handshake.type() == Handshake.INDUCTION) {
            cookie = handshake.cookie();
            send(conclusion.withCookie(handshake.cookie()));
            return true;
        }
        if (handshake != null && !connected) {
            connected = true;
            inside.setSoTimeout(SILENCE_MILLIS);
        }
        packet.setSocketAddress(caller);
        front.send(packet);
        boolean refused = handshake != null && handshake.isRefusal();
        return !refused && !Handshake.isGoodbye(packet.getData(), packet.getLength());
    }

    private void send(byte[] datagram) {
        send(new DatagramPacket(datagram, datagram.length));
    }

    private void send(DatagramPacket packet) {
        try {
            packet.setSocketAddress(inside.getRemoteSocketAddress());
            inside.send(packet);
        } catch (IOException | IllegalArgumentException e) {
            LOG.trace("SRT datagram not passed on: {}", e.getMessage());
        }
    }

    /** Lets the caller go; repeatable. */
    @Override
    public void close() {
        inside.close();
        seat.release();
        front.forget(caller, this);
    }
}
