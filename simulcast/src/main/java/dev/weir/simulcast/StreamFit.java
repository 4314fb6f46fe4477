package dev.weir.simulcast;

import dev.weir.simulcast.VideoLimits.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Can a target take the host's stream as it is?
 *
 * <p>What is not known yet, as the bitrate in a live's first moments, is no misfit. All misfits but the codec of the
 * sound, which {@link Rendition.Aac} mends, are mended by {@link Rendition.Limited}.
 */
public final class StreamFit {

    /** Rates are measured over two seconds, and no encoder meets its own exactly. */
    private static final double TOLERANCE = 1.05;

    private static final int HIGH = 100;

    private StreamFit() {}

    /**
     * What the target would object to; empty when the stream fits.
     *
     * @param headers as {@link PacketFanout#headers()} tells them
     * @param stats as {@link PacketFanout#stats()} tells them
     */
    public static List<Misfit> check(StreamHeaders headers, FanoutStats stats, VideoLimits limits) {
        VideoHeader video = headers.video();
        List<Misfit> misfits = new ArrayList<>();
        if (video == null) {
            return misfits;
        }
        long kbps = Math.round(stats.bitsPerSecond() / 1000.0);
        if (kbps > limits.maxKbps() * TOLERANCE) {
            misfits.add(new Misfit("bitrate", kbps + " kbit/s", "up to " + limits.maxKbps()));
        }
        picture(video, limits, misfits);
        if (stats.framesPerSecond() > limits.maxFps() * TOLERANCE) {
            misfits.add(new Misfit(
                    "pictures a second",
                    String.valueOf(Math.round(stats.framesPerSecond())),
                    "up to " + limits.maxFps()));
        }
        if (stats.bFrames() && !limits.bFrames()) {
            misfits.add(new Misfit("B-frames", "yes", "none"));
        }
        if (stats.gopMillis() > limits.maxGopMillis() * TOLERANCE) {
            misfits.add(new Misfit(
                    "time between key frames", seconds(stats.gopMillis()), "up to " + seconds(limits.maxGopMillis())));
        }
        return misfits;
    }

    private static void picture(VideoHeader video, VideoLimits limits, List<Misfit> misfits) {
        String size = video.width() + "x" + video.height();
        if (Math.max(video.width(), video.height()) > limits.maxLongEdge()
                || Math.min(video.width(), video.height()) > limits.maxShortEdge()) {
            boolean high = video.height() > video.width();
            int width = high ? limits.maxShortEdge() : limits.maxLongEdge();
            int height = high ? limits.maxLongEdge() : limits.maxShortEdge();
            misfits.add(new Misfit("picture size", size, "up to %dx%d".formatted(width, height)));
        }
        if (!fits(video.width(), video.height(), limits.shape())) {
            misfits.add(new Misfit("picture shape", size, limits.shape().name().toLowerCase(Locale.ROOT) + " only"));
        }
        if (video.profile() > HIGH) {
            misfits.add(new Misfit("H.264 profile", profile(video.profile()), "up to High"));
        }
    }

    /** True when a picture of this size is of the shape; a square is of either. */
    public static boolean fits(int width, int height, Shape shape) {
        return switch (shape) {
            case ANY -> true;
            case PORTRAIT -> height >= width;
            case LANDSCAPE -> width >= height;
        };
    }

    private static String profile(int profile) {
        return switch (profile) {
            case 110 -> "High 10";
            case 122 -> "High 4:2:2";
            case 244 -> "High 4:4:4 Predictive";
            default -> "number " + profile;
        };
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
