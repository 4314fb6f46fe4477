package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Cuts messages into chunks, each message with a full header (§5.3.1). A server sends too little to save more. */
final class ChunkEncoder extends MessageToByteEncoder<RtmpMessage> {

    private int chunkSize = 128;

    ChunkEncoder() {
        super(RtmpMessage.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, RtmpMessage message, ByteBuf out) {
        boolean extended = Integer.compareUnsigned(message.timestamp(), 0xFFFFFF) >= 0;
        basicHeader(out, 0, message.chunkStream());
        out.writeMedium(extended ? 0xFFFFFF : message.timestamp());
        out.writeMedium(message.payload().length);
        out.writeByte(message.type());
        out.writeIntLE(message.streamId());
        if (extended) {
            out.writeInt(message.timestamp());
        }
        writeBody(message, extended, out);
        if (message.type() == RtmpMessage.SET_CHUNK_SIZE) {
            chunkSize = message.number();
        }
    }

    private void writeBody(RtmpMessage message, boolean extended, ByteBuf out) {
        byte[] payload = message.payload();
        for (int at = 0; at < payload.length; at += chunkSize) {
            if (at > 0) {
                basicHeader(out, 3, message.chunkStream());
                if (extended) {
                    out.writeInt(message.timestamp());
                }
            }
            out.writeBytes(payload, at, Math.min(chunkSize, payload.length - at));
        }
    }

    private static void basicHeader(ByteBuf out, int format, int chunkStream) {
        if (chunkStream < 64) {
            out.writeByte(format << 6 | chunkStream);
        } else if (chunkStream < 320) {
            out.writeByte(format << 6).writeByte(chunkStream - 64);
        } else {
            out.writeByte(format << 6 | 1).writeByte((chunkStream - 64) & 0xFF).writeByte((chunkStream - 64) >> 8);
        }
    }
}
