package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits an aggregate message into its audio and video messages (§7.1.6). */
final class Aggregate {

    private Aggregate() {}

    static List<RtmpMessage> split(RtmpMessage aggregate) {
        ByteBuf in = Unpooled.wrappedBuffer(aggregate.payload());
        List<RtmpMessage> parts = new ArrayList<>();
        int first = 0;
        while (in.readableBytes() >= 11) {
            int type = in.readUnsignedByte();
            int length = in.readUnsignedMedium();
            int time = in.readUnsignedMedium() | in.readUnsignedByte() << 24;
            in.skipBytes(3);
            if (length > in.readableBytes()) {
                throw new RtmpException(
                        "aggregate part: %d bytes (expected: 0..%d)".formatted(length, in.readableBytes()));
            }
            byte[] body = new byte[length];
            in.readBytes(body);
            in.skipBytes(Math.min(4, in.readableBytes()));
            first = parts.isEmpty() ? time : first;
            if (type == RtmpMessage.AUDIO || type == RtmpMessage.VIDEO) {
                parts.add(new RtmpMessage(
                        aggregate.chunkStream(),
                        type,
                        aggregate.streamId(),
                        aggregate.timestamp() + time - first,
                        body));
            }
        }
        return parts;
    }

    static byte[] skip(byte[] payload, int count) {
        return Arrays.copyOfRange(payload, Math.min(count, payload.length), payload.length);
    }
}
