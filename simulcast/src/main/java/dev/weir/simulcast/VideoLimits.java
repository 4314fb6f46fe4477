package dev.weir.simulcast;

/**
 * What is the most that a target takes?
 *
 * @param maxKbps picture and sound together, in 1000 bits a second, above 0
 * @param maxLongEdge pixels of the longer edge, above 0
 * @param maxShortEdge pixels of the shorter edge, above 0
 * @param maxFps pictures a second, above 0
 * @param bFrames whether B-frames are taken
 */
public record VideoLimits(int maxKbps, int maxLongEdge, int maxShortEdge, int maxFps, boolean bFrames) {

    /** Checks the ranges. */
    public VideoLimits {
        positive("maxKbps", maxKbps);
        positive("maxLongEdge", maxLongEdge);
        positive("maxShortEdge", maxShortEdge);
        positive("maxFps", maxFps);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s: %d (expected: 1..)".formatted(name, value));
        }
    }
}
