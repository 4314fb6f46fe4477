package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.RtcSessionStats;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebRTC peer, from its first connectivity check to its end: ICE-lite, DTLS, SRTP.
 *
 * <p>Packets are handled on the session's own event loop only; the rest is thread-safe.
 */
public final class PeerSession {

    private static final Logger LOG = LoggerFactory.getLogger(PeerSession.class);

    /** A peer has a few addresses; one that shows more than this keeps its newest. */
    private static final int MAX_PATHS = 8;

    /** Packets that may wait for the end of the handshake: about half a second of them. */
    private static final int MAX_EARLY = 256;

    private final String id = IceCredentials.sessionId();
    private final PeerRequest request;
    private final RtcShard shard;
    private final SessionTable table;
    private final HandshakeGate handshakes;
    private final PeerDtls dtls;
    private final Traffic traffic = new Traffic();
    private final long openedNanos = System.nanoTime();
    private final Map<InetSocketAddress, Path> paths = new LinkedHashMap<>();
    private final PacketBuffer buffer = new PacketBuffer();
    private final Deque<byte[]> early = new ArrayDeque<>();
    private volatile RtcSessionStats.State state = RtcSessionStats.State.NEW;
    private volatile IceCredentials local = IceCredentials.fresh();
    private volatile IceCredentials remote;
    private volatile @Nullable IceCredentials before;
    private volatile @Nullable Path path;
    private volatile long checkedNanos = openedNanos;
    private volatile long connectedNanos;
    private @Nullable SrtpSession srtp;

    PeerSession(
            PeerRequest request, RtcShard shard, SessionTable table, HandshakeGate handshakes, RtcIdentity identity) {
        this.request = request;
        this.shard = shard;
        this.table = table;
        this.handshakes = handshakes;
        this.remote = request.offer().ice();
        this.dtls = new PeerDtls(
                new DtlsSide(identity, request.offer().fingerprint(), PeerDtls.allProfiles()),
                isDtlsServer(),
                this::sendPlain,
                keys -> shard.run(() -> connected(keys)),
                this::close);
    }

    /** The unguessable name in the session's URL. */
    public String id() {
        return id;
    }

    /** The live that it belongs to. */
    public String showId() {
        return request.showId();
    }

    /** Viewer or host. */
    public RtcSessionStats.Kind kind() {
        return request.kind();
    }

    String client() {
        return request.remoteAddress();
    }

    IceCredentials local() {
        return local;
    }

    /** Changes with every restart. */
    String etag() {
        return "\"" + local.ufrag().replace('+', '-').replace('/', '_') + "\"";
    }

    RtcShard shard() {
        return shard;
    }

    private boolean isDtlsServer() {
        return request.offer().setup() != SdpOffer.Setup.PASSIVE;
    }

    String setup() {
        return isDtlsServer() ? "passive" : "active";
    }

    /** True when these credentials are not the ones that the peer signs with now. */
    boolean isRestart(IceCredentials theirs) {
        return !theirs.ufrag().equals(remote.ufrag());
    }

    /** New credentials on both sides; the old ones stay good until the peer signs with the new (RFC 8445 §7.3.1.1). */
    synchronized IceCredentials restart(IceCredentials theirs) {
        IceCredentials oldest = before;
        if (oldest != null) {
            table.removeUfrag(oldest.ufrag());
        }
        before = local;
        local = IceCredentials.fresh();
        remote = theirs;
        table.addUfrag(local.ufrag(), this);
        return local;
    }

    /** A connectivity check has come for one of our ICE names; unsigned ones are not answered. */
    void check(StunMessage message, Path from) {
        IceCredentials signedWith = credentialsOf(message.username());
        if (signedWith == null || state == RtcSessionStats.State.CLOSED || !signed(message)) {
            return;
        }
        checkedNanos = System.nanoTime();
        from.send(Unpooled.wrappedBuffer(
                StunWriter.bindingSuccess(message.transactionId(), from.remote(), signedWith.password())));
        remember(from);
        if (path == null || message.useCandidate()) {
            path = from;
        }
        if (state == RtcSessionStats.State.NEW) {
            state = RtcSessionStats.State.HANDSHAKING;
            dtls.start(handshakes);
        }
    }

    /** True when the message was made by somebody who knows this session's password. */
    boolean signed(StunMessage message) {
        IceCredentials with = credentialsOf(message.username());
        return with != null && message.fingerprintHolds() && message.integrityHolds(with.password());
    }

    private @Nullable IceCredentials credentialsOf(String username) {
        IceCredentials now = local;
        if (username.equals(now.ufrag() + ":" + remote.ufrag())) {
            return now;
        }
        IceCredentials old = before;
        return old != null && username.startsWith(old.ufrag() + ":") ? old : null;
    }

    private void remember(Path from) {
        if (paths.putIfAbsent(from.remote(), from) == null) {
            table.bind(from.remote(), this);
            if (paths.size() > MAX_PATHS) {
                InetSocketAddress oldest = paths.keySet().iterator().next();
                paths.remove(oldest);
                table.unbind(oldest, this);
            }
        }
    }

    /** A connection of the peer's is gone; the session waits for a check over another. */
    void lost(Path gone) {
        paths.remove(gone.remote(), gone);
        table.unbind(gone.remote(), this);
        if (gone.equals(path)) {
            path = paths.isEmpty() ? null : paths.values().iterator().next();
        }
    }

    /** A packet that is no STUN has come from an address of this peer. */
    void packet(byte[] packet) {
        int first = packet[0] & 0xFF;
        if (first >= 20 && first <= 63) {
            dtls.received(packet);
        } else if (first >= 128 && first <= 191 && packet.length >= 12) {
            media(packet);
        }
    }

    private void media(byte[] packet) {
        SrtpSession open = srtp;
        if (packet.length > PacketBuffer.CAPACITY - 64) {
            return;
        }
        if (open == null) {
            hold(packet);
            return;
        }
        System.arraycopy(packet, 0, buffer.reset(packet.length).getBuffer(), 0, packet.length);
        int type = packet[1] & 0xFF;
        if (type >= 192 && type <= 223) {
            if (open.openRtcp(buffer)) {
                request.handler().rtcp(plain());
            }
        } else if (open.openRtp(buffer)) {
            if (request.kind() == RtcSessionStats.Kind.WHIP) {
                traffic.count(buffer.getLength(), 1, 1);
            }
            request.handler().rtp(plain());
        }
    }

    /** A host that ends the handshake before we do sends its first key frame at once, and perhaps no other for long. */
    private void hold(byte[] packet) {
        if (request.kind() == RtcSessionStats.Kind.WHIP && early.size() < MAX_EARLY) {
            early.add(packet);
        }
    }

    private byte[] plain() {
        return Arrays.copyOfRange(buffer.getBuffer(), buffer.getOffset(), buffer.getOffset() + buffer.getLength());
    }

    private void connected(SrtpKeys keys) {
        if (state == RtcSessionStats.State.CLOSED) {
            return;
        }
        state = RtcSessionStats.State.CONNECTED;
        connectedNanos = System.nanoTime();
        SrtpSession opened = new SrtpSession(keys);
        srtp = opened;
        LOG.debug("{} of {} connected with {}", kind(), showId(), keys.profile());
        request.handler().connected(new SessionLink(this, opened, traffic));
        early.forEach(this::media);
        early.clear();
    }

    boolean isClosed() {
        return state == RtcSessionStats.State.CLOSED;
    }

    @Nullable
    Path path() {
        return path;
    }

    EventLoop loop() {
        return shard.loop();
    }

    private void sendPlain(byte[] datagram) {
        Path to = path;
        if (to != null) {
            to.send(Unpooled.wrappedBuffer(datagram));
        }
    }

    /** Ends what has been silent or unfinished for too long. */
    void expire(long nowNanos, long connectNanos, long consentNanos) {
        if (state != RtcSessionStats.State.CONNECTED && nowNanos - openedNanos > connectNanos) {
            close("not connected in time");
        } else if (nowNanos - checkedNanos > consentNanos) {
            close("no connectivity check for too long");
        }
    }

    /** Ends the session and tells the peer. Only the first call counts. */
    public void close(String reason) {
        if (!table.remove(this)) {
            return;
        }
        state = RtcSessionStats.State.CLOSED;
        LOG.debug("{} of {} closed: {}", kind(), showId(), reason);
        shard.run(() -> ended(reason));
    }

    /** Ends the session, because the peer's place went to another; who asks afterwards is told so. */
    public void takenOver() {
        table.takenOver().add(id);
        close("a new connection with the same key took over");
    }

    private void ended(String reason) {
        try {
            request.handler().closed(reason);
        } finally {
            Thread.ofVirtual().name("rtc-goodbye").start(dtls::close);
            SrtpSession open = srtp;
            srtp = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** How it is doing. */
    public RtcSessionStats stats() {
        Path to = path;
        MediaCounters media = request.handler().counters();
        long connected = connectedNanos;
        return new RtcSessionStats(
                id,
                showId(),
                kind(),
                to == null ? "NONE" : to.transport(),
                state,
                traffic.bytes(),
                traffic.packets(),
                traffic.calls(),
                media.nacks(),
                media.retransmitted(),
                media.plis(),
                media.lossFraction(),
                media.rttMillis(),
                connected == 0 ? 0 : (connected - openedNanos) / 1_000_000,
                media.joinMillis(),
                (System.nanoTime() - openedNanos) / 1_000_000);
    }
}
