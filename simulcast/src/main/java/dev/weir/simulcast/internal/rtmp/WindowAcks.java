package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Acknowledges received bytes each half window (§5.4.3): some encoders stop sending without it. */
final class WindowAcks extends ChannelInboundHandlerAdapter {

    static final int WINDOW = 2_500_000;

    private int window = WINDOW;
    private long received;
    private long acknowledged;

    /** The peer's own window; ours is the upper bound. */
    void window(int bytes) {
        if (bytes > 0) {
            window = Math.min(Math.max(bytes, 16 * 1024), WINDOW);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            received += bytes.readableBytes();
        }
        ctx.fireChannelRead(message);
        if (received - acknowledged >= window / 2) {
            acknowledged = received;
            ctx.channel().writeAndFlush(RtmpMessage.control(RtmpMessage.ACK, (int) received));
        }
    }
}
