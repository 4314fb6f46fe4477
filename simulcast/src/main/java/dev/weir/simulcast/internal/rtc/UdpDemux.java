package dev.weir.simulcast.internal.rtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the session that a datagram is for; what is for none costs a look-up and is dropped. */
final class UdpDemux extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(UdpDemux.class);
    private static final int MAX_DATAGRAM = 2000;

    private final SessionTable table;
    private final RtcShard shard;

    UdpDemux(SessionTable table, RtcShard shard) {
        this.table = table;
        this.shard = shard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        int length = content.readableBytes();
        if (length < 12 || length > MAX_DATAGRAM) {
            return;
        }
        if (content.getByte(content.readerIndex()) <= 3 && content.getByte(content.readerIndex()) >= 0) {
            stun(ByteBufUtil.getBytes(content), datagram.sender());
            return;
        }
        PeerSession session = table.byAddress(datagram.sender());
        if (session != null) {
            byte[] packet = ByteBufUtil.getBytes(content);
            session.shard().run(() -> session.packet(packet));
        }
    }

    private void stun(byte[] bytes, InetSocketAddress from) {
        StunMessage.parse(bytes)
                .filter(message -> message.type() == StunMessage.BINDING_REQUEST)
                .ifPresent(message -> table.byUfrag(ourUfrag(message.username()))
                        .ifPresent(session -> session.shard()
                                .run(() ->
                                        session.check(message, session.shard().path(from)))));
    }

    static String ourUfrag(String username) {
        int colon = username.indexOf(':');
        return colon < 0 ? "" : username.substring(0, colon);
    }

    /** What the kernel says of a way that cannot segment: EIO, EINVAL or EMSGSIZE. */
    private static boolean refusesSegments(@Nullable String message) {
        return message != null
                && (message.contains("Input/output error")
                        || message.contains("Invalid argument")
                        || message.contains("Message too long"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException
                && refusesSegments(cause.getMessage())
                && shard.segmentation().compareAndSet(true, false)) {
            LOG.info("UDP segmentation off: {}", cause.getMessage());
        } else {
            LOG.debug("UDP", cause);
        }
    }
}
