package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.RtcSessionStats;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
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

    private final String id = IceCredentials.sessionId();
    private final PeerRequest request;
    private final RtcShard shard;
    private final SessionTable table;
    private final HandshakeGate handshakes;
    private final PeerDtls dtls;
    private final Traffic traffic = new Traffic();
    private final long openedNanos = System.nanoTime();
    private final PeerIce ice;
    private final PeerPaths paths;
    private final PeerMedia media;
    private volatile RtcSessionStats.State state = RtcSessionStats.State.NEW;
    private volatile long checkedNanos = openedNanos;
    private volatile long connectedNanos;

    PeerSession(
            PeerRequest request, RtcShard shard, SessionTable table, HandshakeGate handshakes, RtcIdentity identity) {
        this.request = request;
        this.shard = shard;
        this.table = table;
        this.handshakes = handshakes;
        this.ice = new PeerIce(request.offer().ice());
        this.paths = new PeerPaths(this, table);
        this.media = new PeerMedia(request, traffic);
        this.dtls = new PeerDtls(
                new DtlsSide(identity, request.offer().fingerprint(), PeerDtls.allProfiles()),
                isDtlsServer(),
                paths::send,
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
        return ice.local();
    }

    /** Changes with every restart. */
    String etag() {
        return ice.etag();
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
        return ice.isRestart(theirs);
    }

    /** New credentials on both sides; the old ones stay good until the peer signs with the new (RFC 8445 §7.3.1.1). */
    synchronized IceCredentials restart(IceCredentials theirs) {
        IceCredentials oldest = ice.restart(theirs);
        if (oldest != null) {
            table.removeUfrag(oldest.ufrag());
        }
        table.addUfrag(ice.local().ufrag(), this);
        return ice.local();
    }

    /** A connectivity check has come for one of our ICE names; unsigned ones are not answered. */
    void check(StunMessage message, Path from) {
        IceCredentials signedWith = ice.signer(message);
        if (signedWith == null || state == RtcSessionStats.State.CLOSED) {
            return;
        }
        checkedNanos = System.nanoTime();
        from.send(Unpooled.wrappedBuffer(
                StunWriter.bindingSuccess(message.transactionId(), from.remote(), signedWith.password())));
        paths.checked(from, message.useCandidate());
        if (state == RtcSessionStats.State.NEW) {
            state = RtcSessionStats.State.HANDSHAKING;
            dtls.start(handshakes);
        }
    }

    /** True when the message was made by somebody who knows this session's password. */
    boolean signed(StunMessage message) {
        return ice.signer(message) != null;
    }

    /** A connection of the peer's is gone; the session waits for a check over another. */
    void lost(Path gone) {
        paths.lost(gone);
    }

    /** A packet that is no STUN has come from an address of this peer. */
    void packet(byte[] packet) {
        int first = packet[0] & 0xFF;
        if (first >= 20 && first <= 63) {
            dtls.received(packet);
        } else if (first >= 128 && first <= 191 && packet.length >= 12) {
            media.received(packet);
        }
    }

    private void connected(SrtpKeys keys) {
        if (state == RtcSessionStats.State.CLOSED) {
            return;
        }
        state = RtcSessionStats.State.CONNECTED;
        connectedNanos = System.nanoTime();
        SrtpSession opened = new SrtpSession(keys);
        media.open(opened);
        LOG.debug("{} of {} connected with {}", kind(), showId(), keys.profile());
        request.handler().connected(new SessionLink(this, opened, traffic));
        media.releaseEarly();
    }

    boolean isClosed() {
        return state == RtcSessionStats.State.CLOSED;
    }

    @Nullable
    Path path() {
        return paths.current();
    }

    EventLoop loop() {
        return shard.loop();
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
        end(reason, () -> request.handler().closed(reason));
    }

    /** The peer itself ends the session. Only the first call counts. */
    void stop(String reason) {
        end(reason, () -> request.handler().stopped(reason));
    }

    private void end(String reason, Runnable tell) {
        if (!table.remove(this)) {
            return;
        }
        state = RtcSessionStats.State.CLOSED;
        LOG.debug("{} of {} closed: {}", kind(), showId(), reason);
        shard.run(() -> ended(tell));
    }

    /** Ends the session, because the peer's place went to another; who asks afterwards is told so. */
    public void takenOver() {
        table.takenOver().add(id);
        close("a new connection with the same key took over");
    }

    private void ended(Runnable tell) {
        try {
            tell.run();
        } finally {
            Thread.ofVirtual().name("rtc-goodbye").start(dtls::close);
            media.close();
        }
    }

    /** How it is doing. */
    public RtcSessionStats stats() {
        Path to = paths.current();
        MediaCounters counters = request.handler().counters();
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
                counters.nacks(),
                counters.retransmitted(),
                counters.plis(),
                counters.lossFraction(),
                counters.rttMillis(),
                connected == 0 ? 0 : (connected - openedNanos) / 1_000_000,
                counters.joinMillis(),
                (System.nanoTime() - openedNanos) / 1_000_000);
    }
}
