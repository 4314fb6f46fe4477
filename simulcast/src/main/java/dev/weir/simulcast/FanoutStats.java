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
 * @param avSkewMillis how far the newest sound is ahead of (above 0) or behind the newest picture, smoothed over some
 *     seconds; 0 while one of them is missing. An encoder's interleaving alone makes some tens of milliseconds
 * @param consumers subscriptions open now
 */
public record FanoutStats(
        long bytes,
        long units,
        long bitsPerSecond,
        double framesPerSecond,
        long gopMillis,
        boolean bFrames,
        long avSkewMillis,
        int consumers) {}
