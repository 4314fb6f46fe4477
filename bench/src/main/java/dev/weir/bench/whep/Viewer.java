package dev.weir.bench.whep;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What would one viewer see? Has a socket of its own; is read by one {@link ReadLoop}, while its handshake runs on a
 * virtual thread.
 */
final class Viewer implements AutoCloseable {

    private static final long CHECK = 50_000_000L;
    private static final long CONSENT = 5_000_000_000L;
    private static final long CONSENT_LOST = 30_000_000_000L;
    private static final long REPORT = 1_000_000_000L;
    private static final int MAX_EARLY = 1024;
    private static final int MAX_BATCH = 64;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private final DtlsIdentity identity;
    private final int[] profiles;
    private final boolean decrypt;
    private final LocalSdp local;
    private final DatagramChannel channel;
    private final DtlsQueue dtls;
    private final long tieBreaker = ThreadLocalRandom.current().nextLong();
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final List<byte[]> early = new ArrayList<>();
    private byte[] transaction = new byte[Stun.TRANSACTION];
    private Signalling.@Nullable Joined joined;
    private @Nullable MediaDesk desk;
    private boolean consented;
    private boolean playing;
    private String failure = "";
    private String cipher = "";
    private long answered;
    private long nextCheck;
    private long nextReport;
    private long lastConsent;

    Viewer(DtlsIdentity identity, int[] profiles, boolean decrypt) throws IOException {
        this.identity = identity;
        this.profiles = profiles;
        this.decrypt = decrypt;
        this.local = LocalSdp.random(identity.fingerprint());
        this.channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        channel.configureBlocking(false);
        this.dtls = new DtlsQueue(channel);
    }

    DatagramChannel channel() {
        return channel;
    }

    /** Agrees on a session; from then on the read loop may have it. Blocks. */
    void join(Signalling signalling) throws IOException, InterruptedException {
        Signalling.Joined agreed = signalling.join(local, this::connect);
        synchronized (this) {
            joined = agreed;
            answered = System.nanoTime();
            lastConsent = answered;
        }
    }

    private InetSocketAddress connect(InetSocketAddress server) {
        try {
            channel.connect(server);
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException("address: %s (expected: one to send to)".formatted(server), e);
        }
    }

    /** Takes what has arrived, at most so much that others get their turn. */
    synchronized void readable(Packet packet) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(packet.getBuffer());
        for (int i = 0; i < MAX_BATCH; i++) {
            buffer.clear();
            int length = channel.read(buffer);
            if (length <= 0) {
                return;
            }
            packet.setLength(length);
            accept(packet, System.nanoTime());
        }
    }

    private void accept(Packet packet, long now) throws IOException {
        int first = packet.at(0);
        if (first < 4) {
            check(packet, now);
        } else if (first >= 20 && first < 64) {
            dtls.offer(copy(packet));
        } else if (first >= 128 && first < 192) {
            if (desk != null) {
                media(desk, packet, now);
            } else if (early.size() < MAX_EARLY) {
                early.add(copy(packet));
            }
        }
    }

    private static byte[] copy(Packet packet) {
        byte[] bytes = new byte[packet.getLength()];
        packet.readRegionToBuff(0, bytes.length, bytes);
        return bytes;
    }

    private static void media(MediaDesk desk, Packet packet, long now) {
        if (packet.at(1) >= 192 && packet.at(1) < 224) {
            desk.control(packet, now);
        } else {
            desk.media(packet, now);
        }
    }

    private void check(Packet packet, long now) throws IOException {
        if (Stun.isRequest(packet.getBuffer(), packet.getLength())) {
            InetSocketAddress from = (InetSocketAddress) channel.getRemoteAddress();
            channel.write(ByteBuffer.wrap(Stun.response(packet.getBuffer(), from, local.pwd())));
        } else if (Stun.isSuccess(packet.getBuffer(), packet.getLength(), transaction)) {
            lastConsent = now;
            if (!consented) {
                consented = true;
                Thread.ofVirtual().name("dtls").start(this::handshake);
            }
        }
    }

    private void handshake() {
        RemoteSdp remote = remote();
        try {
            SrtpKeys keys = DtlsHandshake.connect(dtls, identity, remote.fingerprint(), profiles)
                    .keys();
            begin(new MediaDesk(new SrtpSession(keys), decrypt, remote, ssrc), keys.name());
        } catch (IOException e) {
            fail("DTLS: " + e.getMessage());
        }
    }

    private synchronized RemoteSdp remote() {
        if (joined == null) {
            throw new IllegalStateException("session: none (expected: joined)");
        }
        return joined.remote();
    }

    private synchronized void begin(MediaDesk opened, String name) {
        var packet = new Packet();
        long now = System.nanoTime();
        for (byte[] bytes : early) {
            packet.setLength(0);
            packet.append(bytes, bytes.length);
            media(opened, packet, now);
        }
        early.clear();
        cipher = name;
        desk = opened;
        playing = true;
    }

    private synchronized void fail(String why) {
        playing = false;
        failure = failure.isEmpty() ? why : failure;
    }

    /** Sends what is due: checks, consent, reports, requests for what is missing. */
    synchronized void tick(Packet packet, long now) throws IOException {
        if (joined == null || !failure.isEmpty()) {
            return;
        }
        if (now >= nextCheck) {
            nextCheck = now + (consented ? CONSENT + ThreadLocalRandom.current().nextLong(CONSENT / 5) : CHECK);
            ThreadLocalRandom.current().nextBytes(transaction);
            String username = joined.remote().ufrag() + ":" + local.ufrag();
            channel.write(ByteBuffer.wrap(
                    Stun.request(transaction, username, joined.remote().pwd(), tieBreaker)));
        }
        if (now - lastConsent > CONSENT_LOST) {
            fail("ICE: no answer for 30 s");
        }
        if (desk != null) {
            answer(desk, packet, now);
        }
    }

    private void answer(MediaDesk open, Packet packet, long now) throws IOException {
        if (now >= nextReport && open.report(packet, now)) {
            nextReport = now + REPORT;
            write(packet);
        }
        if (open.ask(true, packet, now)) {
            write(packet);
        }
        if (open.ask(false, packet, now)) {
            write(packet);
        }
    }

    private void write(Packet packet) throws IOException {
        channel.write(ByteBuffer.wrap(packet.getBuffer(), 0, packet.getLength()));
    }

    synchronized void beginWindow() {
        if (desk != null) {
            desk.beginWindow();
        }
    }

    synchronized String cipher() {
        return cipher;
    }

    synchronized ViewerFigures figures() {
        return desk == null
                ? new ViewerFigures(
                        false, failure, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, new int[PictureWatch.BUCKETS])
                : desk.figures(playing, failure, answered);
    }

    /** A socket error, as when the server is gone. */
    void broken(IOException e) {
        fail("socket: " + e.getMessage());
    }

    @Override
    public void close() throws IOException {
        Signalling.Joined session;
        synchronized (this) {
            session = joined;
        }
        try {
            if (session != null) {
                session.leave().leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            channel.close();
        }
    }
}
