package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;

/** Encrypts what a session sends and cuts it into runs of equal size, which one call hands to the kernel. */
final class SessionLink implements PeerLink {

    /** The kernel takes at most 64 segments and 65,507 bytes in one call. */
    private static final int MAX_SEGMENTS = 44;

    private static final int MAX_PACKET = 1400;

    private final PeerSession session;
    private final SrtpSession srtp;
    private final Traffic traffic;
    private final PacketBuffer buffer = new PacketBuffer();

    SessionLink(PeerSession session, SrtpSession srtp, Traffic traffic) {
        this.session = session;
        this.srtp = srtp;
        this.traffic = traffic;
    }

    @Override
    public EventLoop loop() {
        return session.loop();
    }

    @Override
    public void sendRtp(byte[] packet, int length) {
        sendBurst(1, (_, target) -> {
            System.arraycopy(packet, 0, target, 0, length);
            return length;
        });
    }

    @Override
    public void sendRtcp(byte[] compound) {
        Path to = session.path();
        if (to == null || closed()) {
            return;
        }
        System.arraycopy(compound, 0, buffer.reset(compound.length).getBuffer(), 0, compound.length);
        srtp.protectRtcp(buffer);
        to.send(copy(buffer.getLength()));
    }

    private boolean closed() {
        return session.isClosed();
    }

    private ByteBuf copy(int room) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer(room)
                .writeBytes(buffer.getBuffer(), buffer.getOffset(), buffer.getLength());
    }

    @Override
    public void sendBurst(int count, PacketSource source) {
        Path to = session.path();
        if (to == null || closed()) {
            return;
        }
        ByteBuf run = null;
        int segment = 0;
        int inRun = 0;
        long bytes = 0;
        int calls = 0;
        for (int i = 0; i < count; i++) {
            int length = source.write(i, buffer.reset(MAX_PACKET).getBuffer());
            buffer.setLength(length);
            srtp.protectRtp(buffer);
            int size = buffer.getLength();
            bytes += size;
            if (run != null && (size > segment || run.readableBytes() % segment != 0 || inRun == MAX_SEGMENTS)) {
                calls += to.sendRun(run, segment);
                run = null;
            }
            if (run == null) {
                run = copy(size * Math.min(count - i, MAX_SEGMENTS));
                segment = size;
                inRun = 1;
            } else {
                run.writeBytes(buffer.getBuffer(), buffer.getOffset(), size);
                inRun++;
            }
        }
        if (run != null) {
            calls += to.sendRun(run, segment);
        }
        to.flush();
        traffic.count(bytes, count, calls);
    }

    @Override
    public boolean writable() {
        Path to = session.path();
        return to != null && to.writable();
    }

    @Override
    public String transport() {
        Path to = session.path();
        return to == null ? "NONE" : to.transport();
    }

    @Override
    public void close(String reason) {
        session.close(reason);
    }
}
