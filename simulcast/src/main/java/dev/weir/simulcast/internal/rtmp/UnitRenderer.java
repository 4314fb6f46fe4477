package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Writes frames as RTMP chunks. Only a message's first header tells the time, which each connection counts from its own
 * beginning; everything after it is the same for all connections and rendered once for them.
 */
final class UnitRenderer {

    /** What OBS sends with, so that every platform is known to take it. */
    static final int CHUNK_SIZE = 4096;

    static final int HEADER_BYTES = 16;
    private static final int EXTENDED = 0xFFFFFF;
    private static final int AUDIO_STREAM = 4;
    private static final int VIDEO_STREAM = 6;
    private static final int AVC_KEY = 0x17;
    private static final int AVC_INTER = 0x27;
    private static final int AAC = 0xAF;
    private static final int VIDEO_TAG = 5;
    private static final int AUDIO_TAG = 2;

    private UnitRenderer() {}

    static int messageLength(MediaUnit unit) {
        return unit.size() + (unit.track() == Track.VIDEO ? VIDEO_TAG : AUDIO_TAG);
    }

    /** True when the time is written before each chunk, so that the rest differs by connection too. */
    static boolean rendersAlone(MediaUnit unit, long millis) {
        return Integer.compareUnsigned((int) millis, EXTENDED) >= 0 && messageLength(unit) > CHUNK_SIZE;
    }

    /** The header of the message's first chunk (§5.3.1.2.1). */
    static void header(ByteBuf out, MediaUnit unit, long millis, int streamId) {
        boolean video = unit.track() == Track.VIDEO;
        boolean extended = Integer.compareUnsigned((int) millis, EXTENDED) >= 0;
        out.writeByte(video ? VIDEO_STREAM : AUDIO_STREAM);
        out.writeMedium(extended ? EXTENDED : (int) millis);
        out.writeMedium(messageLength(unit));
        out.writeByte(video ? RtmpMessage.VIDEO : RtmpMessage.AUDIO);
        out.writeIntLE(streamId);
        if (extended) {
            out.writeInt((int) millis);
        }
    }

    /** Everything after that header, for times that fit 24 bits. */
    static ByteBuf body(ByteBufAllocator alloc, MediaUnit unit) {
        return body(alloc, unit, false, 0);
    }

    /** Everything after that header, for this very time. */
    static ByteBuf body(ByteBufAllocator alloc, MediaUnit unit, long millis) {
        return body(alloc, unit, Integer.compareUnsigned((int) millis, EXTENDED) >= 0, (int) millis);
    }

    private static ByteBuf body(ByteBufAllocator alloc, MediaUnit unit, boolean extended, int time) {
        int length = messageLength(unit);
        ByteBuf out = alloc.directBuffer(length + (length / CHUNK_SIZE + 1) * 5);
        tag(out, unit);
        byte[] payload = unit.payload();
        int at = Math.min(payload.length, CHUNK_SIZE - out.readableBytes());
        out.writeBytes(payload, 0, at);
        int continued = 0xC0 | (unit.track() == Track.VIDEO ? VIDEO_STREAM : AUDIO_STREAM);
        while (at < payload.length) {
            out.writeByte(continued);
            if (extended) {
                out.writeInt(time);
            }
            int take = Math.min(CHUNK_SIZE, payload.length - at);
            out.writeBytes(payload, at, take);
            at += take;
        }
        return out;
    }

    private static void tag(ByteBuf out, MediaUnit unit) {
        if (unit.track() == Track.VIDEO) {
            out.writeByte(unit.key() ? AVC_KEY : AVC_INTER).writeByte(1);
            out.writeMedium((int) (unit.ptsMillis() - unit.dtsMillis()));
        } else {
            out.writeByte(AAC).writeByte(1);
        }
    }

    static RtmpMessage header(VideoHeader video, long millis, int streamId) {
        return config(RtmpMessage.VIDEO, VIDEO_STREAM, streamId, millis, video.avcConfig(), AVC_KEY, 0, 0, 0, 0);
    }

    static RtmpMessage header(AudioHeader audio, long millis, int streamId) {
        return config(RtmpMessage.AUDIO, AUDIO_STREAM, streamId, millis, audio.config(), AAC, 0);
    }

    private static RtmpMessage config(int type, int chunkStream, int streamId, long millis, byte[] config, int... tag) {
        byte[] body = new byte[tag.length + config.length];
        for (int i = 0; i < tag.length; i++) {
            body[i] = (byte) tag[i];
        }
        System.arraycopy(config, 0, body, tag.length, config.length);
        return new RtmpMessage(chunkStream, type, streamId, (int) millis, body);
    }
}
