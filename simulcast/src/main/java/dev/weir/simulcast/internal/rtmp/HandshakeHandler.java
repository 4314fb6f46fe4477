package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The server's side of the simple handshake (§5.2). The digest that some encoders hide in C1 is taken as opaque bytes.
 */
final class HandshakeHandler extends ByteToMessageDecoder {

    private static final int VERSION = 3;
    private static final int SIZE = 1536;

    private boolean answered;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (!answered) {
            if (in.isReadable() && in.getByte(in.readerIndex()) != VERSION) {
                throw new RtmpException("handshake version: %d (expected: 3)".formatted(in.getByte(in.readerIndex())));
            }
            if (in.readableBytes() < 1 + SIZE) {
                return;
            }
            answer(ctx, in);
        }
        if (in.readableBytes() >= SIZE) {
            in.skipBytes(SIZE);
            ctx.pipeline().remove(this);
        }
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf in) {
        in.skipBytes(1);
        byte[] theirs = new byte[SIZE];
        in.readBytes(theirs);
        byte[] ours = new byte[SIZE];
        ThreadLocalRandom.current().nextBytes(ours);
        for (int i = 0; i < 8; i++) {
            ours[i] = 0;
        }
        ctx.writeAndFlush(ctx.alloc()
                .buffer(1 + 2 * SIZE)
                .writeByte(VERSION)
                .writeBytes(ours)
                .writeBytes(theirs));
        answered = true;
    }
}
