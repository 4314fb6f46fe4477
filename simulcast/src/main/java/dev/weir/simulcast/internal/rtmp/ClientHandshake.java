package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The client's side of the simple handshake (§5.2); tells the next handler when the server has answered. */
final class ClientHandshake extends ByteToMessageDecoder {

    private static final int VERSION = 3;
    private static final int SIZE = 1536;

    /** Tells that commands may be sent. */
    enum Done {
        EVENT
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        byte[] random = new byte[SIZE - 8];
        ThreadLocalRandom.current().nextBytes(random);
        ctx.writeAndFlush(
                ctx.alloc().buffer(1 + SIZE).writeByte(VERSION).writeZero(8).writeBytes(random));
        ctx.fireChannelActive();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable() && in.getByte(in.readerIndex()) != VERSION) {
            throw new RtmpException("handshake version: %d (expected: 3)".formatted(in.getByte(in.readerIndex())));
        }
        if (in.readableBytes() < 1 + 2 * SIZE) {
            return;
        }
        in.skipBytes(1);
        ctx.writeAndFlush(ctx.alloc().buffer(SIZE).writeBytes(in, SIZE));
        in.skipBytes(SIZE);
        ctx.fireUserEventTriggered(Done.EVENT);
        ctx.pipeline().remove(this);
    }
}
