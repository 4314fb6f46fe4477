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
 * A connection that shows no signed check in time, sends what is no frame, or reads nothing of what waits for it, is
 * closed.
 */
final class TcpDemux extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(TcpDemux.class);

    private final SessionTable table;
    private final AtomicInteger open;
    private final int maxOpen;
    private final long signWithinMillis;
    private final long stallMillis;
    private @Nullable PeerSession session;
    private @Nullable TcpPath path;

    TcpDemux(SessionTable table, AtomicInteger open, int maxOpen, long signWithinMillis, long stallMillis) {
        this.table = table;
        this.open = open;
        this.maxOpen = maxOpen;
        this.signWithinMillis = signWithinMillis;
        this.stallMillis = stallMillis;
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
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            watchStall(context, context.channel().bytesBeforeWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    /** While it is full nothing is added, so that what waits shrinks whenever the peer reads. */
    private void watchStall(ChannelHandlerContext context, long before) {
        context.executor()
                .schedule(
                        () -> {
                            long now = context.channel().bytesBeforeWritable();
                            if (context.channel().isActive() && now >= before && now > 0) {
                                LOG.debug("ICE-TCP peer has read nothing for {} ms", stallMillis);
                                stalled(context);
                            } else if (now > 0 && context.channel().isActive()) {
                                watchStall(context, now);
                            }
                        },
                        stallMillis,
                        TimeUnit.MILLISECONDS);
    }

    /** The session goes with it: the peer signs checks, but what it is sent never arrives. */
    private void stalled(ChannelHandlerContext context) {
        PeerSession known = session;
        if (known != null) {
            known.close("has read nothing for too long");
        }
        context.close();
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
