package dev.weir.simulcast.internal.targets;

import dev.weir.simulcast.StreamFit;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.VideoLimits.Shape;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which limits does one re-encode keep that serves several targets?
 *
 * <p>Platforms differ by little, and a re-encode costs a third of a core or more. So limits that are near each other are
 * met by one stream that keeps them all; no target loses much for another's sake.
 */
public final class SharedLimits {

    /** A target gives up at most so much of its bit rate and of its edges. */
    private static final double NEAR = 0.7;
    /** Pictures a second come in steps of two: 30 for one that takes 60 is near. */
    private static final double NEAR_FPS = 0.5;

    private SharedLimits() {}

    /**
     * What to re-encode to for a target with these limits.
     *
     * @param others of all targets that are re-encoded for
     * @param host the picture that the host sends; null when not known yet
     */
    public static VideoLimits of(VideoLimits own, Collection<VideoLimits> others, @Nullable VideoHeader host) {
        VideoLimits shared = own;
        for (VideoLimits other : others) {
            if (near(own, other) && sameWayRound(own.shape(), other.shape(), host)) {
                shared = within(shared, other);
            }
        }
        return shared;
    }

    private static boolean near(VideoLimits one, VideoLimits other) {
        return near(one.maxKbps(), other.maxKbps(), NEAR)
                && near(one.maxLongEdge(), other.maxLongEdge(), NEAR)
                && near(one.maxShortEdge(), other.maxShortEdge(), NEAR)
                && near(one.maxFps(), other.maxFps(), NEAR_FPS);
    }

    private static boolean near(int one, int other, double share) {
        return Math.min(one, other) >= share * Math.max(one, other);
    }

    /** A picture that is shown across the middle for one target would be shown so for the other. */
    private static boolean sameWayRound(Shape one, Shape other, @Nullable VideoHeader host) {
        return one == other
                || (host != null
                        && StreamFit.fits(host.width(), host.height(), one)
                        && StreamFit.fits(host.width(), host.height(), other));
    }

    private static VideoLimits within(VideoLimits one, VideoLimits other) {
        return new VideoLimits(
                Math.min(one.maxKbps(), other.maxKbps()),
                Math.min(one.maxLongEdge(), other.maxLongEdge()),
                Math.min(one.maxShortEdge(), other.maxShortEdge()),
                Math.min(one.maxFps(), other.maxFps()),
                one.bFrames() && other.bFrames(),
                Math.min(one.maxGopMillis(), other.maxGopMillis()),
                one.shape() == Shape.ANY ? other.shape() : one.shape());
    }
}
