package dev.weir.simulcast.internal.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts interleaved chunks together to messages (§5.3.1). A chunk is read only when it is there whole, so a chunk never
 * leaves half a state behind.
 */
final class ChunkDecoder extends ByteToMessageDecoder {

    static final int MAX_MESSAGE = 4 * 1024 * 1024;
    static final int MAX_CHUNK = 65_536;
    static final int MAX_CHUNK_STREAMS = 64;
    private static final int MAX_PENDING = 2 * MAX_MESSAGE;
    private static final int EXTENDED = 0xFFFFFF;

    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkSize = 128;
    private int pending;

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        RtmpMessage message = readChunk(in, start);
        if (message == null) {
            return;
        }
        if (message.type() == RtmpMessage.SET_CHUNK_SIZE) {
            setChunkSize(message.number());
        } else if (message.type() == RtmpMessage.ABORT) {
            abort(message.number());
        } else if (message.type() >= 0) {
            out.add(message);
        }
    }

    private static final RtmpMessage PARTIAL = new RtmpMessage(0, -1, 0, 0, new byte[0]);

    /** A whole message, {@link #PARTIAL} after one chunk of a longer one, or null when more bytes are needed. */
    private @Nullable RtmpMessage readChunk(ByteBuf in, int start) {
        if (!in.isReadable()) {
            return null;
        }
        int basic = in.readUnsignedByte();
        int format = basic >> 6;
        int idBytes = (basic & 63) == 0 ? 1 : (basic & 63) == 1 ? 2 : 0;
        if (in.readableBytes() < idBytes + HEADER_BYTES[format]) {
            return rewind(in, start);
        }
        int id = chunkStreamId(in, basic & 63);
        ChunkStream stream = stream(id, format);
        ChunkStream.Header header = stream.header(in, format);
        if (header.field() == EXTENDED && !header.readExtended(in, format == 3 && stream.inMessage())) {
            return rewind(in, start);
        }
        int take = Math.min(chunkSize, header.length() - stream.received());
        if (in.readableBytes() < take) {
            return rewind(in, start);
        }
        return append(in, id, stream, header, format, take);
    }

    private static final int[] HEADER_BYTES = {11, 7, 3, 0};

    private @Nullable RtmpMessage append(
            ByteBuf in, int id, ChunkStream stream, ChunkStream.Header header, int format, int take) {
        if (header.length() > MAX_MESSAGE) {
            throw new RtmpException("message length: %d (expected: 0..%d)".formatted(header.length(), MAX_MESSAGE));
        }
        if (!stream.inMessage()) {
            stream.begin(header, format);
        }
        pending += take;
        if (pending > MAX_PENDING) {
            throw new RtmpException("unfinished messages: %d bytes (expected: 0..%d)".formatted(pending, MAX_PENDING));
        }
        RtmpMessage done = stream.append(in, take, id);
        if (done == null) {
            return PARTIAL;
        }
        pending -= done.payload().length;
        return done;
    }

    private static @Nullable RtmpMessage rewind(ByteBuf in, int start) {
        in.readerIndex(start);
        return null;
    }

    private static int chunkStreamId(ByteBuf in, int low) {
        return switch (low) {
            case 0 -> 64 + in.readUnsignedByte();
            case 1 -> 64 + in.readUnsignedByte() + (in.readUnsignedByte() << 8);
            default -> low;
        };
    }

    private ChunkStream stream(int id, int format) {
        ChunkStream known = streams.get(id);
        if (known != null) {
            return known;
        }
        // librtmp lets a stream begin with a delta (format 1); it then counts from zero.
        if (format > 1) {
            throw new RtmpException("chunk stream %d: begins with format %d (expected: 0)".formatted(id, format));
        }
        if (streams.size() >= MAX_CHUNK_STREAMS) {
            throw new RtmpException(
                    "chunk streams: over %d (expected: 1..%d)".formatted(streams.size(), MAX_CHUNK_STREAMS));
        }
        var created = new ChunkStream();
        streams.put(id, created);
        return created;
    }

    private void setChunkSize(int size) {
        if (size < 1 || size > MAX_CHUNK) {
            throw new RtmpException("chunk size: %d (expected: 1..%d)".formatted(size, MAX_CHUNK));
        }
        chunkSize = size;
    }

    private void abort(int id) {
        ChunkStream stream = streams.get(id);
        if (stream != null) {
            pending -= stream.abort();
        }
    }
}
