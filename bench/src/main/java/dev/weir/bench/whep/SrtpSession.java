package dev.weir.bench.whep;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/** Opens what the server protected, and protects the reports back: RFC 3711 and 7714. Used by one thread at a time. */
final class SrtpSession {

    private static final Logger LOG = new LoggerImpl(SrtpSession.class.getName(), java.util.logging.Level.SEVERE);

    private final SrtpContextFactory in;
    private final SrtpContextFactory out;
    private final Map<Integer, SrtpCryptoContext> media = new HashMap<>();
    private final Map<Integer, SrtcpCryptoContext> control = new HashMap<>();
    private final String name;

    SrtpSession(SrtpKeys keys) {
        name = keys.name();
        in = new SrtpContextFactory(false, keys.peerKey(), keys.peerSalt(), keys.policy(), keys.policy(), LOG);
        out = new SrtpContextFactory(true, keys.ownKey(), keys.ownSalt(), keys.policy(), keys.policy(), LOG);
    }

    String name() {
        return name;
    }

    /** True when it was genuine and is plain now. */
    boolean openMedia(Packet packet) {
        try {
            int ssrc = packet.int32(8);
            SrtpCryptoContext context = media.get(ssrc);
            if (context == null) {
                context = in.deriveContext(ssrc, 0);
                media.put(ssrc, context);
            }
            return context.reverseTransformPacket(packet, false) == SrtpErrorStatus.OK;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** True when a report was genuine and is plain now. */
    boolean openControl(Packet packet) {
        try {
            return control(in, packet.int32(4)).reverseTransformPacket(packet) == SrtpErrorStatus.OK;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Protects a report of ours in place. */
    void sealControl(Packet packet) {
        try {
            control(out, packet.int32(4)).transformPacket(packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SRTCP: not protected (expected: keys that work)", e);
        }
    }

    private SrtcpCryptoContext control(SrtpContextFactory factory, int ssrc) throws GeneralSecurityException {
        SrtcpCryptoContext context = control.get(ssrc);
        if (context == null) {
            context = factory.deriveControlContext(ssrc);
            control.put(ssrc, context);
        }
        return context;
    }
}
