package dev.weir.simulcast.internal.rtc;

import dev.weir.simulcast.internal.rtp.Rtcp;
import dev.weir.simulcast.internal.rtp.RtcpReader;
import dev.weir.simulcast.internal.rtp.RtpPacket;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/** A WebRTC peer without a browser: signs checks, shakes hands, opens packets, reports. Over UDP or TCP. */
public final class LoopbackPeer implements AutoCloseable {

    /** Where packets go and come from. */
    private interface Wire extends AutoCloseable {
        void send(byte[] packet) throws IOException;

        byte[] receive() throws IOException;

        @Override
        void close() throws IOException;
    }

    public final List<RtpPacket> packets = new CopyOnWriteArrayList<>();
    public final List<Rtcp> reports = new CopyOnWriteArrayList<>();
    public volatile int answeredChecks;

    private final RtcIdentity identity = RtcIdentity.create(Instant.now());
    private final IceCredentials own = IceCredentials.fresh();
    private final List<SrtpProfile> profiles;
    private final Map<Integer, byte[]> encrypted = new ConcurrentHashMap<>();
    private final List<byte[]> early = new ArrayList<>();
    private volatile int forgets = -1;
    private volatile boolean repeatedAlike;
    private volatile boolean deaf;
    private @Nullable Wire wire;
    private @Nullable DtlsInbox inbox;
    private @Nullable DTLSTransport transport;
    private @Nullable SrtpSession srtp;
    private String ufrag = "";
    private String password = "";
    private String fingerprint = "";

    public LoopbackPeer(SrtpProfile... profiles) {
        this.profiles = profiles.length == 0 ? List.of(SrtpProfile.values()) : List.of(profiles);
    }

    public static LoopbackPeer simple() {
        return new LoopbackPeer();
    }

    /** A receive-only offer of picture and sound. */
    public String offer(String setup) {
        String transport =
                "c=IN IP4 0.0.0.0\r\na=ice-ufrag:%s\r\na=ice-pwd:%s\r\na=fingerprint:sha-256 %s\r\na=setup:%s\r\na=rtcp-mux\r\na=recvonly\r\n"
                        .formatted(own.ufrag(), own.password(), identity.fingerprint(), setup);
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
                + "m=video 9 UDP/TLS/RTP/SAVPF 108\r\n" + transport + "a=mid:0\r\na=rtpmap:108 H264/90000\r\n"
                + "a=fmtp:108 packetization-mode=1;profile-level-id=42e01f\r\na=rtcp-fb:108 nack\r\n"
                + "a=rtcp-fb:108 nack pli\r\n"
                + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n" + transport + "a=mid:1\r\na=rtpmap:111 opus/48000/2\r\n";
    }

    public IceCredentials own() {
        return own;
    }

    public void accept(String answer) {
        ufrag = value(answer, "a=ice-ufrag:");
        password = value(answer, "a=ice-pwd:");
        fingerprint = answer.contains("a=fingerprint:") ? value(answer, "a=fingerprint:sha-256 ") : fingerprint;
    }

    public static String value(String sdp, String name) {
        return sdp.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** SSRC of our picture in an answer. */
    public static int ssrc(String answer, int mLine) {
        List<String> lines = answer.lines()
                .filter(line -> line.startsWith("a=ssrc:") && line.contains("cname"))
                .toList();
        return Integer.parseUnsignedInt(lines.get(mLine).substring(7).split(" ")[0]);
    }

    public LoopbackPeer overUdp(int port) throws IOException {
        var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(4 * 1024 * 1024);
        socket.connect(InetAddress.getLoopbackAddress(), port);
        wire = new Wire() {
            @Override
            public void send(byte[] packet) throws IOException {
                socket.send(new DatagramPacket(packet, packet.length));
            }

            @Override
            public byte[] receive() throws IOException {
                var datagram = new DatagramPacket(new byte[2048], 2048);
                socket.receive(datagram);
                return Arrays.copyOf(datagram.getData(), datagram.getLength());
            }

            @Override
            public void close() {
                socket.close();
            }
        };
        listen();
        return this;
    }

    public LoopbackPeer overTcp(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var in = new DataInputStream(socket.getInputStream());
        var out = new DataOutputStream(socket.getOutputStream());
        wire = new Wire() {
            @Override
            public synchronized void send(byte[] packet) throws IOException {
                out.writeShort(packet.length);
                out.write(packet);
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] packet = new byte[in.readUnsignedShort()];
                in.readFully(packet);
                return packet;
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        };
        listen();
        return this;
    }

    private void listen() {
        inbox = new DtlsInbox(this::send);
        Thread.ofVirtual().name("loopback-peer").start(() -> {
            try {
                while (!deaf) {
                    received(wire.receive());
                }
            } catch (IOException e) {
                inbox.close();
            }
        });
    }

    private void received(byte[] packet) {
        int first = packet[0] & 0xFF;
        if (first <= 3) {
            Optional<StunMessage> answer = StunMessage.parse(packet);
            if (answer.isPresent() && answer.get().integrityHolds(password)) {
                answeredChecks++;
            }
        } else if (first < 64) {
            inbox.offer(packet);
        } else {
            media(packet);
        }
    }

    /** What overtakes the end of the handshake is opened after it. */
    private synchronized void media(byte[] packet) {
        if (srtp == null) {
            early.add(packet);
            return;
        }
        var buffer = new PacketBuffer();
        System.arraycopy(packet, 0, buffer.reset(packet.length).getBuffer(), 0, packet.length);
        boolean control = (packet[1] & 0xFF) >= 192 && (packet[1] & 0xFF) <= 223;
        if (control && srtp.openRtcp(buffer)) {
            reports.addAll(RtcpReader.parse(Arrays.copyOf(buffer.getBuffer(), buffer.getLength())));
        } else if (!control && lost(packet)) {
            return;
        } else if (!control && srtp.openRtp(buffer)) {
            RtpPacket.parse(Arrays.copyOf(buffer.getBuffer(), buffer.getLength()))
                    .ifPresent(packets::add);
        }
    }

    /** Loses the packet of the picture that has this place among those received, before it is opened. */
    public void forget(int place) {
        forgets = place;
    }

    /** Reads nothing more after the next packet, but keeps its connection and can send. */
    public void stopReading() {
        deaf = true;
    }

    /** True when the packet lost came again, and the same to the bit. */
    public boolean repeatedAlike() {
        return repeatedAlike;
    }

    private boolean lost(byte[] packet) {
        int sequence = StunMessage.u16(packet, 2);
        boolean video = (packet[1] & 0x7F) == 108;
        byte[] first = video ? encrypted.put(sequence, packet) : null;
        repeatedAlike |= first != null && Arrays.equals(first, packet);
        return video && first == null && forgets-- == 0;
    }

    public void send(byte[] packet) {
        try {
            wire.send(packet);
        } catch (IOException e) {
            // The other end has closed; tests look at what came of it.
        }
    }

    public void check() {
        check(password);
    }

    public void check(String with) {
        check(own.ufrag(), with);
    }

    /** A connectivity check under another name of ours, as after a restart. */
    public void check(String ownUfrag, String with) {
        byte[] transaction = new byte[12];
        ThreadLocalRandom.current().nextBytes(transaction);
        send(StunWriter.bindingRequest(transaction, ufrag + ":" + ownUfrag, with, true));
    }

    /** Shakes hands with the server in the given role and opens media from then on. */
    public LoopbackPeer connect(boolean asServer) throws IOException {
        return connect(asServer, identity);
    }

    /** The same, showing another certificate than the offer's. */
    public LoopbackPeer connectAsStranger() throws IOException {
        return connect(false, RtcIdentity.create(Instant.now()));
    }

    private LoopbackPeer connect(boolean asServer, RtcIdentity shown) throws IOException {
        check();
        var side = new DtlsSide(shown, new PeerFingerprint("sha-256", fingerprint), profiles);
        transport = PeerDtls.handshake(side, asServer, inbox);
        synchronized (this) {
            srtp = new SrtpSession(side.keys());
            early.forEach(this::media);
        }
        return this;
    }

    public void sendRtcp(byte[] compound) {
        var buffer = new PacketBuffer();
        System.arraycopy(compound, 0, buffer.reset(compound.length).getBuffer(), 0, compound.length);
        synchronized (this) {
            srtp.protectRtcp(buffer);
        }
        send(Arrays.copyOf(buffer.getBuffer(), buffer.getLength()));
    }

    /** Says goodbye as a browser's pc.close() does. */
    public void goodbye() throws IOException {
        transport.close();
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
        }
    }
}
