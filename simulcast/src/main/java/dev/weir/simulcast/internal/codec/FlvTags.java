package dev.weir.simulcast.internal.codec;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.VideoHeader;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the bodies of FLV video and audio tags, which RTMP messages 9 and 8 carry (Adobe FLV 10.1 annex E, and Enhanced
 * RTMP v2).
 */
public final class FlvTags {

    private static final int AVC = 7;
    private static final int AAC = 10;
    private static final int EX_AUDIO = 9;

    private FlvTags() {}

    /** What one tag holds. */
    public sealed interface Tag {}

    /** New picture settings. */
    public record Picture(VideoHeader header) implements Tag {}

    /** New sound settings. */
    public record Sound(AudioHeader header) implements Tag {}

    /**
     * One picture.
     *
     * @param compositionMillis presentation minus decoding time
     */
    public record VideoFrame(boolean key, int compositionMillis, byte[] payload) implements Tag {}

    /** One AAC frame or Opus packet. */
    public record AudioFrame(byte[] payload) implements Tag {}

    /** Parses a video tag; empty when it carries nothing to keep. */
    public static Optional<Tag> video(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        int first = body[0] & 0xFF;
        if ((first & 0x80) != 0) {
            return ExTags.video(body);
        }
        int codec = first & 15;
        if (codec != AVC) {
            throw new MalformedMediaException("video codec: %d (expected: 7, H.264)".formatted(codec));
        }
        int frameType = first >> 4;
        if (frameType == 5 || body.length < 5) {
            return Optional.empty();
        }
        int composition = ((body[2] << 16) | ((body[3] & 0xFF) << 8) | (body[4] & 0xFF));
        byte[] payload = Arrays.copyOfRange(body, 5, body.length);
        return switch (body[1]) {
            case 0 -> Optional.of(new Picture(CodecHeaders.avc(payload)));
            case 1 ->
                payload.length == 0
                        ? Optional.empty()
                        : Optional.of(new VideoFrame(frameType == 1, composition, payload));
            case 2 -> Optional.empty();
            default -> throw new MalformedMediaException("AVC packet type: %d (expected: 0..2)".formatted(body[1]));
        };
    }

    /** Parses an audio tag; empty when it carries nothing to keep. */
    public static Optional<Tag> audio(byte[] body) {
        if (body.length == 0) {
            return Optional.empty();
        }
        int codec = (body[0] & 0xFF) >> 4;
        if (codec == EX_AUDIO) {
            return ExTags.audio(body);
        }
        if (codec != AAC) {
            throw new MalformedMediaException("audio codec: %d (expected: 10, AAC)".formatted(codec));
        }
        if (body.length < 3) {
            return Optional.empty();
        }
        byte[] payload = Arrays.copyOfRange(body, 2, body.length);
        return Optional.of(body[1] == 0 ? new Sound(CodecHeaders.aac(payload)) : new AudioFrame(payload));
    }
}
