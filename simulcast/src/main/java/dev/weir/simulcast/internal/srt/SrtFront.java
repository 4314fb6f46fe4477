package dev.weir.simulcast.internal.srt;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may call? Stands on a live's UDP port, answers the first half of the handshake itself, and reads the streamid in
 * the second, because FFmpeg's listener does not tell it. A caller with another one is refused in the protocol's own
 * way; for one with the right one the datagrams go to and from a seat, unread. Nothing is kept of a caller before it
 * has proved its address. Thread-safe.
 */
public final class SrtFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SrtFront.class);
    /** The caller on air, the one it replaces, one arriving, and one that just left. */
    private static final int MOST_PEERS = 4;

    static final int LONGEST_DATAGRAM = 2048;
    /** A key picture of a second at 8 Mbit/s. */
    static final int BUFFERED_BYTES = 1 << 20;

    private final DatagramSocket socket;
    private final int port;
    private final StreamIds ids;
    private final Cookies cookies = new Cookies();
    private final Map<InetSocketAddress, SrtPeer> peers = new ConcurrentHashMap<>();
    private volatile @Nullable SrtSeat waiting;

    private SrtFront(DatagramSocket socket, StreamIds ids) {
        this.socket = socket;
        this.port = socket.getLocalPort();
        this.ids = ids;
    }

    /** Takes the port; callers are answered once {@link #offer} gave them a place. */
    static SrtFront open(InetSocketAddress address, StreamIds ids) throws IOException {
        var socket = new DatagramSocket(address);
        socket.setReceiveBufferSize(BUFFERED_BYTES);
        var front = new SrtFront(socket, ids);
        Thread.ofVirtual().name("srt-front-" + front.port()).start(front::run);
        return front;
    }

    int port() {
        return port;
    }

    /** The next caller sits there. */
    void offer(SrtSeat seat) {
        waiting = seat;
    }

    private void run() {
        var packet = new DatagramPacket(new byte[LONGEST_DATAGRAM], LONGEST_DATAGRAM);
        try {
            while (true) {
                packet.setLength(LONGEST_DATAGRAM);
                socket.receive(packet);
                take(packet.getData(), packet.getLength(), (InetSocketAddress) packet.getSocketAddress());
            }
        } catch (IOException e) {
            LOG.debug("SRT port {} closes: {}", port, e.getMessage());
        }
    }

    private void take(byte[] datagram, int length, InetSocketAddress from) {
        SrtPeer peer = peers.get(from);
        Handshake handshake = Handshake.of(datagram, length);
        if (peer != null && (handshake == null || peer.sent(handshake))) {
            peer.pass(handshake, datagram, length);
        } else if (handshake != null) {
            meet(handshake, from);
        }
    }

    private void meet(Handshake handshake, InetSocketAddress from) {
        if (handshake.type() == Handshake.INDUCTION) {
            send(handshake.inductionAnswer(cookies.of(from)), from);
        } else if (handshake.type() == Handshake.CONCLUSION && cookies.isFrom(from, handshake.cookie())) {
            SrtRefusal refusal = ids.refusal(handshake);
            if (refusal == null) {
                admit(handshake, from);
            } else {
                LOG.info("SRT port {}: a caller at {} is refused: {}", port, from.getAddress(), refusal.words());
                send(handshake.refusal(refusal.code()), from);
            }
        }
    }

    /** A caller that finds no seat free repeats its handshake four times a second. */
    private void admit(Handshake handshake, InetSocketAddress from) {
        SrtSeat seat = waiting;
        SrtPeer former = peers.get(from);
        if (seat == null || (peers.size() >= MOST_PEERS && former == null) || !seat.claim(from)) {
            return;
        }
        if (former != null) {
            former.close();
        }
        try {
            SrtPeer peer = SrtPeer.connect(this, from, seat, handshake);
            peers.put(from, peer);
            peer.start();
        } catch (IOException e) {
            seat.release();
            LOG.warn("SRT port {}: no socket for a caller: {}", port, e.getMessage());
        }
    }

    void forget(InetSocketAddress caller, SrtPeer peer) {
        peers.remove(caller, peer);
    }

    private void send(byte[] datagram, InetSocketAddress to) {
        send(new DatagramPacket(datagram, datagram.length, to));
    }

    /** UDP may lose it, and so may we. */
    void send(DatagramPacket packet) {
        try {
            socket.send(packet);
        } catch (IOException e) {
            LOG.trace("SRT datagram not sent: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.close();
        peers.values().forEach(SrtPeer::close);
    }
}
