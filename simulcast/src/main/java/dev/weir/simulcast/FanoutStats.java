package dev.weir.simulcast;

/**
 * What does the host's stream look like now?
 *
 * @param bytes payload bytes since the live opened
 * @param units frames since the live opened
 * @param bitsPerSecond over the last two seconds of media time
 * @param framesPerSecond pictures a second over the same time
 * @param gopMillis distance of the last two key frames; 0 while only one was seen
 * @param bFrames true when a picture was presented after its decoding time: B-frames, which WebRTC cannot play
 * @param consumers subscriptions open now
 */
public record FanoutStats(
        long bytes,
        long units,
        long bitsPerSecond,
        double framesPerSecond,
        long gopMillis,
        boolean bFrames,
        int consumers) {}
