package dev.weir.simulcast.internal.transcode;

import dev.weir.simulcast.StreamFit;
import dev.weir.simulcast.VideoLimits;
import org.jspecify.annotations.Nullable;

/**
 * Where does the host's picture go in the one that is made? All numbers are even, as H.264 with 4:2:0 colour wants.
 *
 * @param width of the picture that is made
 * @param height of the picture that is made
 * @param left where the host's picture begins; what is beside it is black
 * @param top where the host's picture begins
 * @param innerWidth the host's picture as it is shown
 * @param innerHeight the host's picture as it is shown
 */
record Canvas(int width, int height, int left, int top, int innerWidth, int innerHeight) {

    private static final int SMALLEST = 16;

    /** For a host's picture of this size; without limits it keeps its size. */
    static Canvas of(int width, int height, @Nullable VideoLimits limits) {
        if (limits == null) {
            return whole(even(width), even(height));
        }
        boolean turns = !StreamFit.fits(width, height, limits.shape());
        if (!turns) {
            double scale = Math.min(
                    1,
                    Math.min(
                            limits.maxLongEdge() / (double) Math.max(width, height),
                            limits.maxShortEdge() / (double) Math.min(width, height)));
            return whole(even(width * scale), even(height * scale));
        }
        return turned(width, height, limits);
    }

    /** The other way round: a frame with the host's own edges exchanged, and its picture across the middle. */
    private static Canvas turned(int width, int height, VideoLimits limits) {
        Canvas frame = of(/* width= */ height, /* height= */ width, limits);
        double scale = Math.min(frame.width / (double) width, frame.height / (double) height);
        int innerWidth = even(width * scale);
        int innerHeight = even(height * scale);
        int left = ((frame.width - innerWidth) / 2) & ~1;
        int top = ((frame.height - innerHeight) / 2) & ~1;
        return new Canvas(frame.width, frame.height, left, top, innerWidth, innerHeight);
    }

    private static Canvas whole(int width, int height) {
        return new Canvas(width, height, 0, 0, width, height);
    }

    private static int even(double pixels) {
        return Math.max(SMALLEST, ((int) Math.floor(pixels + 1e-6)) & ~1);
    }
}
