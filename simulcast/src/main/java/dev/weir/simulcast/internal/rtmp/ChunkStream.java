package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one chunk stream remembers between its chunks: the last header, and the message in the making. */
final class ChunkStream {

    private int field;
    private int extended;
    private int length;
    private int type;
    private int streamId;
    private int timestamp;
    private int delta;
    private byte[] body = new byte[0];
    private int received;
    private boolean inMessage;

    boolean inMessage() {
        return inMessage;
    }

    int received() {
        return inMessage ? received : 0;
    }

    /** Reads a message header without changing this stream, so that the caller may still find the chunk incomplete. */
    Header header(ByteBuf in, int format) {
        var header = new Header(field, extended, length, type, streamId);
        if (format <= 2) {
            header.field = in.readUnsignedMedium();
        }
        if (format <= 1) {
            header.length = in.readUnsignedMedium();
            header.type = in.readUnsignedByte();
        }
        if (format == 0) {
            header.streamId = in.readIntLE();
        }
        if (inMessage && format != 3) {
            throw new RtmpException("chunk format: %d inside a message (expected: 3)".formatted(format));
        }
        return header;
    }

    void begin(Header header, int format) {
        field = header.field;
        extended = header.extended;
        length = header.length;
        type = header.type;
        streamId = header.streamId;
        int value = field == 0xFFFFFF ? extended : field;
        if (format == 0) {
            timestamp = value;
            // §5.3.1.2.4: a type 3 chunk that opens a message after a type 0 one takes that timestamp as its delta.
            delta = value;
        } else {
            delta = format == 3 ? delta : value;
            timestamp += delta;
        }
        body = new byte[Math.min(length, 64 * 1024)];
        received = 0;
        inMessage = true;
    }

    @Nullable
    RtmpMessage append(ByteBuf in, int count, int id) {
        if (received + count > body.length) {
            // Memory follows the bytes that came, not the length that was claimed.
            body = Arrays.copyOf(body, Math.min(length, Math.max(body.length * 2, received + count)));
        }
        in.readBytes(body, received, count);
        received += count;
        if (received < length) {
            return null;
        }
        inMessage = false;
        return new RtmpMessage(id, type, streamId, timestamp, body);
    }

    int abort() {
        int dropped = received();
        inMessage = false;
        return dropped;
    }

    /** A header as read, not yet accepted. */
    static final class Header {

        private int field;
        private int extended;
        private int length;
        private int type;
        private int streamId;

        Header(int field, int extended, int length, int type, int streamId) {
            this.field = field;
            this.extended = extended;
            this.length = length;
            this.type = type;
            this.streamId = streamId;
        }

        int field() {
            return field;
        }

        int length() {
            return length;
        }

        /**
         * Reads the extended timestamp; false when its bytes are not there yet. Inside a message most encoders repeat
         * it before each chunk and some do not: it is there when the four bytes equal the ones before.
         */
        boolean readExtended(ByteBuf in, boolean continuation) {
            if (in.readableBytes() < 4) {
                return false;
            }
            if (!continuation) {
                extended = in.readInt();
            } else if (in.getInt(in.readerIndex()) == extended) {
                in.skipBytes(4);
            }
            return true;
        }
    }
}
