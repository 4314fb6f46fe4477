package dev.weir.simulcast.internal.rtc;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * Encrypts what goes to one peer and opens what comes from it (RFC 3711, RFC 7714). Used by the peer's event loop only.
 */
final class SrtpSession {

    /** Held, as the logging of the JDK forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("org.jitsi");

    static {
        LIBRARY.setLevel(Level.WARNING);
        // Left alone, the library measures every provider at first use, which keeps the first viewer waiting.
        Aes.setFactoryClassName("org.jitsi.srtp.crypto.Aes$SunJCECipherFactory");
    }

    /** A peer has one or two streams a direction; the rest is slack for one that starts anew. */
    private static final int MAX_PEER_STREAMS = 8;

    private final SrtpContextFactory outgoing;
    private final SrtpContextFactory incoming;
    private final Map<Integer, SrtpCryptoContext> rtpOut = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> rtcpOut = new HashMap<>();
    private final Map<Integer, SrtpCryptoContext> rtpIn = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> rtcpIn = new HashMap<>();

    SrtpSession(SrtpKeys keys) {
        var logger = new LoggerImpl(SrtpSession.class.getName());
        var policy = keys.profile().policy();
        // The window of 64 packets is shorter than a key frame: it would refuse the repetitions we asked for. The
        // buffers
        // behind drop duplicates and latecomers themselves; reports keep the check.
        var media = keys.profile().policy();
        media.setReceiveReplayEnabled(false);
        outgoing = new SrtpContextFactory(true, keys.localKey(), keys.localSalt(), policy, policy, logger);
        incoming = new SrtpContextFactory(false, keys.remoteKey(), keys.remoteSalt(), media, policy, logger);
    }

    /** Encrypts an RTP packet in place. */
    void protectRtp(PacketBuffer packet) {
        try {
            int ssrc = StunMessage.i32(packet.getBuffer(), packet.getOffset() + 8);
            SrtpCryptoContext context = rtpOut.get(ssrc);
            if (context == null) {
                context = outgoing.deriveContext(ssrc, 0);
                rtpOut.put(ssrc, context);
            }
            demand(context.transformPacket(packet));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SRTP: cannot encrypt (expected: keys of the right size)", e);
        }
    }

    /** Encrypts an RTCP packet in place. */
    void protectRtcp(PacketBuffer packet) {
        try {
            int ssrc = StunMessage.i32(packet.getBuffer(), packet.getOffset() + 4);
            SrtcpCryptoContext context = rtcpOut.get(ssrc);
            if (context == null) {
                context = outgoing.deriveControlContext(ssrc);
                rtcpOut.put(ssrc, context);
            }
            demand(context.transformPacket(packet));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SRTCP: cannot encrypt (expected: keys of the right size)", e);
        }
    }

    private static void demand(SrtpErrorStatus status) {
        if (status != SrtpErrorStatus.OK) {
            throw new IllegalStateException("SRTP: " + status + " (expected: OK for a packet of ours)");
        }
    }

    /** Opens an RTP packet in place; false when it is not the peer's. One that was seen before is opened again. */
    boolean openRtp(PacketBuffer packet) {
        int ssrc = StunMessage.i32(packet.getBuffer(), packet.getOffset() + 8);
        SrtpCryptoContext known = rtpIn.get(ssrc);
        if (known == null && rtpIn.size() >= MAX_PEER_STREAMS) {
            return false;
        }
        try {
            SrtpCryptoContext context = known == null ? incoming.deriveContext(ssrc, 0) : known;
            boolean good = context.reverseTransformPacket(packet, false) == SrtpErrorStatus.OK;
            if (good && known == null) {
                rtpIn.put(ssrc, context);
            }
            return good;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** Opens an RTCP packet in place; false when it is not the peer's, or was seen before. */
    boolean openRtcp(PacketBuffer packet) {
        int ssrc = StunMessage.i32(packet.getBuffer(), packet.getOffset() + 4);
        SrtcpCryptoContext known = rtcpIn.get(ssrc);
        if (known == null && rtcpIn.size() >= MAX_PEER_STREAMS) {
            return false;
        }
        try {
            SrtcpCryptoContext context = known == null ? incoming.deriveControlContext(ssrc) : known;
            boolean good = context.reverseTransformPacket(packet) == SrtpErrorStatus.OK;
            if (good && known == null) {
                rtcpIn.put(ssrc, context);
            }
            return good;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    void close() {
        outgoing.close();
        incoming.close();
    }
}
