package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.AudioCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads the extended tag headers of Enhanced RTMP v2 (Veovera, sections "Enhanced Video" and "Enhanced Audio"): avc1,
 * mp4a and Opus. Of several tracks the one numbered 0 is taken, the others are left out.
 */
final class ExTags {

    private static final int SEQUENCE_START = 0;
    private static final int CODED_FRAMES = 1;
    private static final int SEQUENCE_END = 2;
    private static final int CODED_FRAMES_X = 3;
    private static final int METADATA = 4;
    private static final int MULTITRACK = 5;
    private static final int VIDEO_MULTITRACK = 6;
    private static final int MOD_EX = 7;

    private static final int COMMAND_FRAME = 5;
    private static final int MAX_MOD_EX = 16;

    private ExTags() {}

    /** One track's part of a tag. */
    private record Body(int packetType, String fourCc, ByteBuffer data) {}

    static Optional<FlvTags.Tag> video(byte[] tag) {
        try {
            int frameType = (tag[0] >> 4) & 7;
            int packetType = tag[0] & 15;
            if (frameType == COMMAND_FRAME && packetType != METADATA) {
                return Optional.empty();
            }
            Optional<Body> body = body(ByteBuffer.wrap(tag, 1, tag.length - 1), packetType, VIDEO_MULTITRACK);
            return body.flatMap(found -> picture(found, frameType == 1));
        } catch (BufferUnderflowException e) {
            throw cut("video", tag);
        }
    }

    private static Optional<FlvTags.Tag> picture(Body body, boolean key) {
        if (!body.fourCc().equals("avc1")) {
            throw new MalformedMediaException(
                    "video codec: %s (expected: avc1, which is H.264)".formatted(body.fourCc()));
        }
        ByteBuffer data = body.data();
        return switch (body.packetType()) {
            case SEQUENCE_START -> Optional.of(new FlvTags.Picture(CodecHeaders.avc(rest(data))));
            case CODED_FRAMES -> {
                int composition = (data.get() << 16) | ((data.get() & 0xFF) << 8) | (data.get() & 0xFF);
                yield frame(key, composition, rest(data));
            }
            case CODED_FRAMES_X -> frame(key, 0, rest(data));
            case SEQUENCE_END, METADATA -> Optional.empty();
            default ->
                throw new MalformedMediaException(
                        "video packet type: %d (expected: 0..4, 6, 7)".formatted(body.packetType()));
        };
    }

    private static Optional<FlvTags.Tag> frame(boolean key, int composition, byte[] payload) {
        return payload.length == 0 ? Optional.empty() : Optional.of(new FlvTags.VideoFrame(key, composition, payload));
    }

    static Optional<FlvTags.Tag> audio(byte[] tag) {
        try {
            Optional<Body> body = body(ByteBuffer.wrap(tag, 1, tag.length - 1), tag[0] & 15, MULTITRACK);
            return body.flatMap(ExTags::sound);
        } catch (BufferUnderflowException e) {
            throw cut("audio", tag);
        }
    }

    private static Optional<FlvTags.Tag> sound(Body body) {
        AudioCodec codec = switch (body.fourCc()) {
            case "mp4a" -> AudioCodec.AAC;
            case "Opus" -> AudioCodec.OPUS;
            default ->
                throw new MalformedMediaException("audio codec: %s (expected: mp4a or Opus)".formatted(body.fourCc()));
        };
        byte[] data = rest(body.data());
        return switch (body.packetType()) {
            case SEQUENCE_START ->
                Optional.of(new FlvTags.Sound(codec == AudioCodec.AAC ? CodecHeaders.aac(data) : OpusHead.parse(data)));
            case CODED_FRAMES -> data.length == 0 ? Optional.empty() : Optional.of(new FlvTags.AudioFrame(data));
            case SEQUENCE_END, METADATA -> Optional.empty();
            default ->
                throw new MalformedMediaException(
                        "audio packet type: %d (expected: 0..2, 4, 5, 7)".formatted(body.packetType()));
        };
    }

    private static Optional<Body> body(ByteBuffer in, int firstType, int multitrack) {
        int packetType = firstType;
        for (int i = 0; packetType == MOD_EX; i++) {
            if (i == MAX_MOD_EX) {
                throw new MalformedMediaException("packet modifiers: over %d (expected: 0..%d)".formatted(i, i));
            }
            int size = (in.get() & 0xFF) + 1;
            skip(in, size == 256 ? (in.getShort() & 0xFFFF) + 1 : size);
            packetType = in.get() & 15;
        }
        return packetType == multitrack ? firstTrack(in) : Optional.of(new Body(packetType, fourCc(in), in));
    }

    private static Optional<Body> firstTrack(ByteBuffer in) {
        int kind = in.get();
        int tracks = (kind >> 4) & 15;
        if (tracks > 2) {
            throw new MalformedMediaException("multitrack type: %d (expected: 0..2)".formatted(tracks));
        }
        String shared = tracks == 2 ? "" : fourCc(in);
        while (in.hasRemaining()) {
            String fourCc = tracks == 2 ? fourCc(in) : shared;
            int id = in.get();
            int size = tracks == 0 ? in.remaining() : ((in.getShort() & 0xFFFF) << 8) | (in.get() & 0xFF);
            if (size > in.remaining()) {
                throw new BufferUnderflowException();
            }
            if (id == 0) {
                return Optional.of(new Body(kind & 15, fourCc, in.slice(in.position(), size)));
            }
            skip(in, size);
        }
        return Optional.empty();
    }

    private static void skip(ByteBuffer in, int count) {
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + count);
    }

    private static byte[] rest(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    private static String fourCc(ByteBuffer in) {
        byte[] name = new byte[4];
        in.get(name);
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] > 32 && name[i] < 127 ? name[i] : (byte) '?';
        }
        return new String(name, StandardCharsets.US_ASCII);
    }

    private static MalformedMediaException cut(String kind, byte[] tag) {
        return new MalformedMediaException("%s tag: ends after %d bytes (expected: more)".formatted(kind, tag.length));
    }
}
