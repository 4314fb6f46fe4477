package dev.weir.simulcast.internal.transcode;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.VideoLimits;
import org.jspecify.annotations.Nullable;

/**
 * How is a picture to be coded anew?
 *
 * @param canvas its size
 * @param fps pictures a second that the encoder reckons with
 * @param kbps 1000 bits a second that it aims at
 */
record VideoPlan(Canvas canvas, int fps, int kbps) {

    private static final int USUAL_FPS = 30;
    private static final int MOST_FPS = 120;
    private static final int USUAL_KBPS = 2500;
    private static final int LEAST_KBPS = 1000;
    private static final int MOST_KBPS = 6000;
    /** Our encoder needs more bits than the host's for the same picture. */
    private static final double ALLOWANCE = 1.2;
    /** It misses its aim by some percent, and limits are to be kept. */
    private static final double HEADROOM = 0.9;

    private static final double CHANGE = 0.3;

    /**
     * A plan for what the host sends now.
     *
     * @param limits null when only the order of the pictures is to change
     */
    static VideoPlan of(int width, int height, FanoutStats stats, @Nullable VideoLimits limits) {
        Canvas canvas = Canvas.of(width, height, limits);
        double fps = stats.framesPerSecond() < 1 ? USUAL_FPS : Math.min(MOST_FPS, stats.framesPerSecond());
        double kbps = stats.bitsPerSecond() == 0 ? USUAL_KBPS : stats.bitsPerSecond() / 1000.0;
        double wanted = Math.clamp(kbps * ALLOWANCE, LEAST_KBPS, MOST_KBPS);
        if (limits != null) {
            double most = Math.max(limits.maxKbps() - AudioForm.AAC.kbps(), limits.maxKbps() / 2.0);
            fps = Math.min(fps, limits.maxFps());
            wanted = Math.min(kbps * ALLOWANCE, most * HEADROOM);
        }
        return new VideoPlan(canvas, (int) Math.round(fps), (int) Math.round(wanted));
    }

    /** True when the rates have become so different that the encoder would do badly with the old ones. */
    boolean differsMuchFrom(VideoPlan old) {
        return Math.abs(fps - old.fps) > CHANGE * old.fps || Math.abs(kbps - old.kbps) > CHANGE * old.kbps;
    }
}
