package dev.weir.simulcast;

/**
 * What is the most that a target takes?
 *
 * @param maxKbps picture and sound together, in 1000 bits a second, above 0
 * @param maxLongEdge pixels of the longer edge, 16 or more
 * @param maxShortEdge pixels of the shorter edge, 16 or more
 * @param maxFps pictures a second, above 0
 * @param bFrames whether B-frames are taken
 * @param maxGopMillis distance of key frames, above 0
 * @param shape which way round the picture must be
 */
public record VideoLimits(
        int maxKbps, int maxLongEdge, int maxShortEdge, int maxFps, boolean bFrames, int maxGopMillis, Shape shape) {

    /** Which way round is a picture? */
    public enum Shape {
        /** Taken either way round. */
        ANY,
        /** Higher than wide. */
        PORTRAIT,
        /** Wider than high. */
        LANDSCAPE
    }

    private static final int USUAL_GOP_MILLIS = 4000;
    private static final int SMALLEST_EDGE = 16;

    /** Checks the ranges. */
    public VideoLimits {
        atLeast(1, "maxKbps", maxKbps);
        atLeast(SMALLEST_EDGE, "maxLongEdge", maxLongEdge);
        atLeast(SMALLEST_EDGE, "maxShortEdge", maxShortEdge);
        atLeast(1, "maxFps", maxFps);
        atLeast(1, "maxGopMillis", maxGopMillis);
    }

    /** Limits of a target that takes any shape, and a key frame every 4 s at least, as most do. */
    public VideoLimits(int maxKbps, int maxLongEdge, int maxShortEdge, int maxFps, boolean bFrames) {
        this(maxKbps, maxLongEdge, maxShortEdge, maxFps, bFrames, USUAL_GOP_MILLIS, Shape.ANY);
    }

    /** The same for one shape only. */
    public VideoLimits only(Shape newShape) {
        return new VideoLimits(maxKbps, maxLongEdge, maxShortEdge, maxFps, bFrames, maxGopMillis, newShape);
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException("%s: %d (expected: %d..)".formatted(name, value, least));
        }
    }
}
