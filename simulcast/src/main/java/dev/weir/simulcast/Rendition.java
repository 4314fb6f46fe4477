package dev.weir.simulcast;

/**
 * Which form of a live's stream does a consumer need?
 *
 * <p>Each form is made at most once per live, however many consumers ask for it, and only while one does. What the
 * form leaves alone passes through without being re-encoded.
 */
public sealed interface Rendition {

    /** As the host sends it. */
    record Source() implements Rendition {}

    /** For WebRTC: H.264 without B-frames, one slice a picture where it must be re-encoded, and Opus 48 kHz stereo. */
    record WebRtc() implements Rendition {}

    /** For RTMP, HLS and recordings: the host's picture, and AAC. */
    record Aac() implements Rendition {}

    /** For targets whose limits the stream exceeds: re-encoded to fit, and AAC. */
    record Limited(VideoLimits limits) implements Rendition {}
}
