package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One ICE-TCP connection (RFC 6544 §7): what its frames hold goes to the session whose peer signs its checks over it.
 * A connection that shows no signed check in time, or sends what is no frame, is closed.
 */
final class TcpDemux extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(TcpDemux.class);

    private final SessionTable table;
    private final AtomicInteger open;
    private final int maxOpen;
    private final long signWithinMillis;
    private @Nullable PeerSession session;
    private @Nullable TcpPath path;

    TcpDemux(SessionTable table, AtomicInteger open, int maxOpen, long signWithinMillis) {
        this.table = table;
        this.open = open;
        this.maxOpen = maxOpen;
        this.signWithinMillis = signWithinMillis;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        path = new TcpPath(
                context.channel(), (InetSocketAddress) context.channel().remoteAddress());
        if (open.incrementAndGet() > maxOpen) {
            context.close();
            return;
        }
        context.executor()
                .schedule(
                        () -> {
                            if (session == null) {
                                context.close();
                            }
                        },
                        signWithinMillis,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        if (frame.readableBytes() < 12) {
            return;
        }
        byte[] packet = ByteBufUtil.getBytes(frame);
        PeerSession known = session;
        if (packet[0] >= 0 && packet[0] <= 3) {
            check(context, packet);
        } else if (known != null) {
            known.shard().run(() -> known.packet(packet));
        } else {
            context.close();
        }
    }

    private void check(ChannelHandlerContext context, byte[] bytes) {
        TcpPath from = path;
        StunMessage message = StunMessage.parse(bytes).orElse(null);
        PeerSession named = message == null
                ? null
                : table.byUfrag(UdpDemux.ourUfrag(message.username())).orElse(null);
        if (message == null || from == null) {
            context.close();
        } else if (named != null && message.type() == StunMessage.BINDING_REQUEST) {
            if (named.signed(message)) {
                session = named;
            }
            named.shard().run(() -> named.check(message, from));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        open.decrementAndGet();
        PeerSession known = session;
        TcpPath gone = path;
        if (known != null && gone != null) {
            known.shard().run(() -> known.lost(gone));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("ICE-TCP", cause);
        context.close();
    }
}
