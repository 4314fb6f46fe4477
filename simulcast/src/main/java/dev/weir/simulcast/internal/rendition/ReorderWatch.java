package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.NalUnits;
import dev.weir.simulcast.internal.codec.Reordering;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Does the host send B-frames? Told by its header where that says so, and else by the first frame that shows it; a
 * constant distance of both times is none where the header rules reordering out. Used by one thread.
 */
final class ReorderWatch {

    private @Nullable VideoHeader header;
    private Reordering announced = Reordering.POSSIBLE;
    private boolean seen;
    private long newestPts;

    /** True from the first picture on that shows it, until the picture settings change. */
    boolean sees(MediaUnit picture) {
        VideoHeader now = picture.headers().video();
        if (now == null) {
            return false;
        }
        if (changed(now)) {
            announced = Reordering.of(now);
            seen = announced == Reordering.ANNOUNCED;
            newestPts = Long.MIN_VALUE;
        }
        header = now;
        seen |= late(picture) || (!picture.key() && NalUnits.hasBSlice(picture.payload(), now.nalLengthSize()));
        newestPts = Math.max(newestPts, picture.ptsMillis());
        return seen;
    }

    private boolean changed(VideoHeader now) {
        VideoHeader known = header;
        return known == null || (!known.equals(now) && !Arrays.equals(known.avcConfig(), now.avcConfig()));
    }

    private boolean late(MediaUnit picture) {
        return announced == Reordering.NEVER
                ? picture.ptsMillis() < newestPts
                : picture.ptsMillis() > picture.dtsMillis();
    }
}
