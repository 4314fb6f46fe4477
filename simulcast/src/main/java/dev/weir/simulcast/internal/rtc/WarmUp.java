package dev.weir.simulcast.internal.rtc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does everything a first viewer would otherwise wait for: loads the libraries and shakes
 * hands with itself once for each profile.
 */
final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int PACKETS = 200;

    private WarmUp() {}

    /** Blocks for about a second in a cold process. A failure is told, and costs the first viewer some time only. */
    static void run(RtcIdentity identity) {
        try {
            for (SrtpProfile profile : SrtpProfile.values()) {
                rehearse(identity, profile);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("WebRTC warm-up failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rehearse(RtcIdentity identity, SrtpProfile profile) throws IOException, InterruptedException {
        var fingerprint = new PeerFingerprint("sha-256", identity.fingerprint());
        var client = new DtlsSide(identity, fingerprint, List.of(profile));
        var server = new DtlsSide(identity, fingerprint, PeerDtls.allProfiles());
        var toServer = new AtomicReference<@Nullable DtlsInbox>();
        var clientBox = new DtlsInbox(datagram -> {
            DtlsInbox box = toServer.get();
            if (box != null) {
                box.offer(datagram);
            }
        });
        var serverBox = new DtlsInbox(clientBox::offer);
        toServer.set(serverBox);
        Thread answering = Thread.ofVirtual().name("rtc-warm-up").start(() -> {
            try {
                PeerDtls.handshake(server, true, serverBox);
            } catch (IOException | RuntimeException e) {
                LOG.debug("warm-up", e);
                clientBox.close();
            }
        });
        PeerDtls.handshake(client, false, clientBox);
        answering.join();
        packets(server.keys(), client.keys());
    }

    private static void packets(SrtpKeys ours, SrtpKeys theirs) {
        var sender = new SrtpSession(ours);
        var receiver = new SrtpSession(theirs);
        var buffer = new PacketBuffer();
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = buffer.reset(1200).getBuffer();
            packet[0] = (byte) 0x80;
            packet[1] = 96;
            StunMessage.putU16(packet, 2, i);
            sender.protectRtp(buffer);
            receiver.openRtp(buffer);
        }
        sender.close();
        receiver.close();
    }
}
