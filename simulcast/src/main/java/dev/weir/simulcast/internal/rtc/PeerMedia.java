package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.RtcSessionStats;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Opens the SRTP that a peer sends, and hands it on. On the session's event loop only. */
final class PeerMedia {

    /** Packets that may wait for the end of the handshake: about half a second of them. */
    private static final int MAX_EARLY = 256;

    private final PeerHandler handler;
    private final boolean isHost;
    private final Traffic traffic;
    private final PacketBuffer buffer = new PacketBuffer();
    private final Deque<byte[]> early = new ArrayDeque<>();
    private @Nullable SrtpSession srtp;

    PeerMedia(PeerRequest request, Traffic traffic) {
        this.handler = request.handler();
        this.isHost = request.kind() == RtcSessionStats.Kind.WHIP;
        this.traffic = traffic;
    }

    /** The keys are known. */
    void open(SrtpSession opened) {
        srtp = opened;
    }

    /** Hands on what came before the keys were known. */
    void releaseEarly() {
        early.forEach(this::received);
        early.clear();
    }

    void received(byte[] packet) {
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
                handler.rtcp(plain());
            }
        } else if (open.openRtp(buffer)) {
            if (isHost) {
                traffic.count(buffer.getLength(), 1, 1);
            }
            handler.rtp(plain());
        }
    }

    /** A host that ends the handshake before we do sends its first key frame at once, and perhaps no other for long. */
    private void hold(byte[] packet) {
        if (isHost && early.size() < MAX_EARLY) {
            early.add(packet);
        }
    }

    private byte[] plain() {
        return Arrays.copyOfRange(buffer.getBuffer(), buffer.getOffset(), buffer.getOffset() + buffer.getLength());
    }

    void close() {
        SrtpSession open = srtp;
        srtp = null;
        if (open != null) {
            open.close();
        }
    }
}
