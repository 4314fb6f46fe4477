package dev.weir.simulcast.internal.rendition;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.internal.fanout.GopCache;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.transcode.CodedFrame;
import dev.weir.simulcast.internal.transcode.Effort;
import dev.weir.simulcast.internal.transcode.VideoTranscoder;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The picture of one form: copied for as long as nothing in it must change. Used by one thread; any reads its header. */
final class PicturePath implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PicturePath.class);

    /** When are pictures coded anew? */
    enum Rule {
        NEVER,
        ON_B_FRAMES,
        ALWAYS
    }

    private final Rule rule;
    private final @Nullable VideoLimits limits;
    private final Supplier<FanoutStats> stats;
    private final Outlet outlet;
    private final Runnable onHeader;
    private final ReorderWatch watch = new ReorderWatch();
    private final GopCache gop = new GopCache();
    private final Retry retry = new Retry("pictures coded anew");
    private long shownMillis = Long.MIN_VALUE;
    private volatile boolean coding;
    private @Nullable VideoTranscoder transcoder;
    private volatile @Nullable VideoHeader header;

    /**
     * A path that has shown nothing.
     *
     * @param onHeader called when {@link #header} has changed, before the first frame that needs it
     */
    PicturePath(
            Rule rule, @Nullable VideoLimits limits, Supplier<FanoutStats> stats, Outlet outlet, Runnable onHeader) {
        this.rule = rule;
        this.limits = limits;
        this.stats = stats;
        this.outlet = outlet;
        this.onHeader = onHeader;
        this.coding = rule == Rule.ALWAYS;
    }

    /** How it is to be decoded, when the host's stream has these headers; null while that is not known. */
    @Nullable
    VideoHeader header(StreamHeaders host) {
        return coding ? header : host.video();
    }

    /** Decides whether the host's next picture is to be coded anew; to be called before {@link #accept}. */
    void decide(MediaUnit unit) {
        gop.add(unit);
        boolean wanted = switch (rule) {
            case NEVER -> false;
            case ON_B_FRAMES -> watch.sees(unit);
            case ALWAYS -> true;
        };
        if (wanted != coding) {
            LOG.info("pictures are {} from now on", wanted ? "coded anew without B-frames" : "copied");
            coding = wanted;
            close();
        }
    }

    void accept(MediaUnit unit, Effort effort) {
        if (coding) {
            transcode(unit, effort);
        } else {
            header = unit.headers().video();
            shownMillis = Math.max(shownMillis, unit.ptsMillis());
            outlet.copy(unit);
        }
    }

    private void transcode(MediaUnit unit, Effort effort) {
        try {
            VideoTranscoder open = transcoder == null ? begin() : transcoder;
            if (open != null) {
                open.accept(unit, effort);
            }
        } catch (NativeException | RuntimeException | LinkageError e) {
            close();
            retry.failed(e);
        }
    }

    /** A transcoder that has decoded what came before in this GOP; null while it cannot begin. */
    private @Nullable VideoTranscoder begin() throws NativeException {
        List<MediaUnit> now = gop.units();
        if (now.isEmpty() || !retry.due()) {
            return null;
        }
        retry.begin();
        var open = new VideoTranscoder(limits, stats, shownMillis, this::coded);
        transcoder = open;
        for (MediaUnit earlier : now.subList(0, now.size() - 1)) {
            open.accept(earlier, Effort.NONE);
        }
        return open;
    }

    private void coded(CodedFrame frame) {
        VideoHeader now = transcoder == null ? null : transcoder.header();
        if (now != null && !now.equals(header)) {
            header = now;
            onHeader.run();
        }
        shownMillis = frame.ptsMillis();
        outlet.coded(Track.VIDEO, frame);
    }

    @Override
    public void close() {
        if (transcoder != null) {
            transcoder.close();
            transcoder = null;
        }
    }
}
