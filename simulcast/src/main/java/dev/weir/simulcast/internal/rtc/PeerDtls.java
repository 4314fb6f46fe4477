package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DTLS association of one session, on a virtual thread of its own: the handshake, then waiting for the peer to say
 * goodbye. Thread-safe.
 */
final class PeerDtls {

    private static final Logger LOG = LoggerFactory.getLogger(PeerDtls.class);
    private static final int LISTEN_MILLIS = 60_000;

    private final DtlsSide side;
    private final boolean server;
    private final DtlsInbox inbox;
    private final Consumer<SrtpKeys> onKeys;
    private final Consumer<String> onEnd;
    private volatile @Nullable DTLSTransport transport;

    PeerDtls(DtlsSide side, boolean server, Consumer<byte[]> send, Consumer<SrtpKeys> onKeys, Consumer<String> onEnd) {
        this.side = side;
        this.server = server;
        this.inbox = new DtlsInbox(send);
        this.onKeys = onKeys;
        this.onEnd = onEnd;
    }

    /** A DTLS datagram has come. */
    void received(byte[] datagram) {
        inbox.offer(datagram);
    }

    /** Begins as soon as the gate lets it, which is told when the handshake is over, either way. */
    void start(HandshakeGate gate) {
        gate.enter(() -> Thread.ofVirtual().name("rtc-dtls").start(() -> run(gate)));
    }

    private void run(HandshakeGate gate) {
        DTLSTransport made;
        try {
            made = handshake(side, server, inbox);
        } catch (IOException | RuntimeException e) {
            LOG.debug("DTLS handshake failed", e);
            onEnd.accept("DTLS handshake failed: " + e.getMessage());
            return;
        } finally {
            gate.done();
        }
        transport = made;
        onKeys.accept(side.keys());
        listen(made);
    }

    static DTLSTransport handshake(DtlsSide side, boolean server, DatagramTransport over) throws IOException {
        return server
                ? new DTLSServerProtocol().accept(new DtlsServerSide(side), over)
                : new DTLSClientProtocol().connect(new DtlsClientSide(side), over);
    }

    /** Also answers repeated last flights, which the library does while one receives. */
    private void listen(DTLSTransport from) {
        byte[] buffer = new byte[2048];
        try {
            while (!side.closedByPeer()) {
                from.receive(buffer, 0, buffer.length, LISTEN_MILLIS);
            }
            onEnd.accept("the peer closed");
        } catch (IOException | RuntimeException e) {
            onEnd.accept(side.closedByPeer() ? "the peer closed" : "DTLS ended: " + e.getMessage());
        }
    }

    /** Says goodbye, if there is somebody to say it to, and ends the thread. */
    void close() {
        DTLSTransport open = transport;
        if (open != null && !side.closedByPeer()) {
            try {
                open.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("DTLS goodbye failed", e);
            }
        }
        inbox.close();
    }

    /** For a stack that is to be warmed up: both profiles, best first. */
    static List<SrtpProfile> allProfiles() {
        return List.of(SrtpProfile.values());
    }
}
