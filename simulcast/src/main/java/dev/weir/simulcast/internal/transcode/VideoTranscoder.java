package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.avutil.AVFrame.AV_FRAME_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;

import dev.weir.simulcast.FanoutStats;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.VideoLimits;
import dev.weir.simulcast.internal.codec.ReorderDepth;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Codes pictures anew, in the order in which they are shown. A key frame of the host stays one, and others are added.
 * Used by one thread.
 */
public final class VideoTranscoder implements AutoCloseable {

    private static final long KEY_MILLIS_WEBRTC = 1000;
    private static final long KEY_MILLIS_TARGET = 2000;
    private static final long STEADY_MILLIS = 10_000;

    private final @Nullable VideoLimits limits;
    private final Supplier<FanoutStats> stats;
    private final CodedFrame.Sink sink;
    private long lastMillis;
    private @Nullable NativeCodec decoder;
    private @Nullable VideoHeader decoded;
    private @Nullable PictureEncoder encoder;
    private @Nullable Scaler scaler;
    private Effort effort = Effort.ALL;
    private boolean left;
    private boolean keyOwed;
    private long keyMillis;
    private long plannedMillis;
    private int hostWidth;
    private int hostHeight;
    private double dueMillis = Double.NEGATIVE_INFINITY;

    /**
     * A transcoder that has made nothing yet.
     *
     * @param limits null when only B-frames are to go
     * @param stats of the host's stream
     * @param afterMillis pictures up to this time were shown already and are left out
     */
    public VideoTranscoder(
            @Nullable VideoLimits limits, Supplier<FanoutStats> stats, long afterMillis, CodedFrame.Sink sink) {
        this.limits = limits;
        this.stats = stats;
        this.lastMillis = afterMillis;
        this.sink = sink;
    }

    /** How what it makes is to be decoded; null before the first picture. */
    public @Nullable VideoHeader header() {
        PictureEncoder open = encoder;
        return open == null ? null : open.header();
    }

    /** Takes the host's next picture, which must be a key frame at first. */
    public void accept(MediaUnit unit, Effort now) throws NativeException {
        VideoHeader host = unit.headers().video();
        if (host != null) {
            effort = now;
            decoderFor(host).decode(unit.payload(), unit.ptsMillis(), this::picture);
        }
    }

    private NativeCodec decoderFor(VideoHeader host) throws NativeException {
        VideoHeader known = decoded;
        NativeCodec open = decoder;
        if (open != null
                && known != null
                && (known.equals(host) || Arrays.equals(known.avcConfig(), host.avcConfig()))) {
            return open;
        }
        if (open != null) {
            open.drainFrames(this::picture);
            open.close();
            decoder = null;
        }
        // Only viewers of WebRTC gain from a picture's time less.
        byte[] config = limits == null ? ReorderDepth.untold(host.avcConfig()) : host.avcConfig();
        boolean learns = !Arrays.equals(config, host.avcConfig());
        open = NativeCodec.decoder("h264", context -> {
            NativeCodec.extraData(context, config);
            if (learns) {
                // The least that B-frames need; the decoder adds to it when the pictures show that it takes more.
                context.has_b_frames(1);
            }
        });
        decoder = open;
        decoded = host;
        return open;
    }

    private void picture(AVFrame picture) throws NativeException {
        long millis = picture.pts();
        boolean hostKey = (picture.flags() & AV_FRAME_FLAG_KEY) != 0;
        keyOwed |= hostKey;
        if (millis <= lastMillis || leftOut(millis)) {
            return;
        }
        VideoPlan plan = plan(picture, hostKey);
        AVFrame drawn = onCanvas(picture, plan.canvas());
        PictureEncoder open = encoderFor(plan, drawn, millis);
        long every = limits == null ? KEY_MILLIS_WEBRTC : KEY_MILLIS_TARGET;
        // Half a picture early: times are rounded, and a key frame one picture late is one too few.
        boolean key = keyOwed || millis - keyMillis + 500 / plan.fps() >= every;
        if (key) {
            keyOwed = false;
            keyMillis = millis;
        }
        lastMillis = millis;
        open.encode(drawn, millis, key, sink);
    }

    private boolean leftOut(long millis) {
        left = !left;
        if (effort == Effort.NONE || (effort == Effort.HALF && left && !keyOwed)) {
            return true;
        }
        if (limits == null) {
            return false;
        }
        double step = 1000.0 / limits.maxFps();
        // A picture at half a step is near enough: hosts' times are rounded to milliseconds.
        if (millis < dueMillis - step / 2) {
            return true;
        }
        dueMillis = Math.max(dueMillis + step, millis + step / 2);
        return false;
    }

    private VideoPlan plan(AVFrame picture, boolean hostKey) {
        PictureEncoder open = encoder;
        boolean sameSize = picture.width() == hostWidth && picture.height() == hostHeight;
        if (open != null && sameSize && !hostKey) {
            return open.plan();
        }
        hostWidth = picture.width();
        hostHeight = picture.height();
        return VideoPlan.of(hostWidth, hostHeight, stats.get(), limits);
    }

    private PictureEncoder encoderFor(VideoPlan plan, AVFrame drawn, long millis) throws NativeException {
        PictureEncoder open = encoder;
        if (open != null && plan.canvas().equals(open.plan().canvas())) {
            boolean settled = millis - plannedMillis > STEADY_MILLIS;
            if (!settled || !plan.differsMuchFrom(open.plan())) {
                return open;
            }
        }
        if (open != null) {
            open.close();
            encoder = null;
        }
        open = new PictureEncoder(plan, drawn, limits != null);
        encoder = open;
        keyOwed = true;
        plannedMillis = millis;
        return open;
    }

    private AVFrame onCanvas(AVFrame picture, Canvas canvas) throws NativeException {
        boolean plain = picture.format() == AV_PIX_FMT_YUV420P || picture.format() == AV_PIX_FMT_YUVJ420P;
        if (plain && picture.width() == canvas.width() && picture.height() == canvas.height()) {
            return picture;
        }
        Scaler open = scaler;
        if (open == null || !open.suits(picture, canvas)) {
            if (open != null) {
                open.close();
                scaler = null;
            }
            open = new Scaler(picture, canvas);
            scaler = open;
        }
        return open.draw(picture);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
        if (encoder != null) {
            encoder.close();
        }
        if (scaler != null) {
            scaler.close();
        }
    }
}
