package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.codec.AvcParameterSets;
import dev.weir.simulcast.internal.codec.NalUnits;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** H.264 without B-frames and with one slice a picture; gives out each picture as it is put in. Used by one thread. */
final class PictureEncoder implements AutoCloseable {

    private static final int LEVEL_AT = 3;
    /** Level 3.1: 720x1280 at 30 pictures a second, up to 14 Mbit/s. */
    private static final int LEAST_LEVEL = 31;

    private final VideoPlan plan;
    private final NativeCodec codec;
    private final VideoHeader header;

    /**
     * Opens an encoder.
     *
     * @param colours of the pictures to come
     * @param high true for the High profile, which needs fewer bits; false for the one that all browsers take
     */
    PictureEncoder(VideoPlan plan, AVFrame colours, boolean high) throws NativeException {
        this.plan = plan;
        this.codec = NativeCodec.encoder(
                "libopenh264",
                context -> describe(context, colours),
                Map.of("profile", high ? "high" : "constrained_baseline", "rc_mode", "bitrate"));
        try {
            this.header = header(codec.extraData());
        } catch (NativeException e) {
            codec.close();
            throw e;
        }
    }

    private void describe(AVCodecContext context, AVFrame colours) {
        context.time_base().num(1).den(1000);
        context.framerate().num(plan.fps()).den(1);
        context.width(plan.canvas().width()).height(plan.canvas().height()).pix_fmt(AV_PIX_FMT_YUV420P);
        context.color_range(colours.color_range()).color_primaries(colours.color_primaries());
        context.color_trc(colours.color_trc()).colorspace(colours.colorspace());
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        context.slices(1);
        // Key frames are asked for by time; this is for a host whose pictures carry none.
        context.gop_size(plan.fps() * 10).max_b_frames(0);
        context.bit_rate(plan.kbps() * 1000L).rc_max_rate(plan.kbps() * 1500L);
    }

    private static VideoHeader header(byte[] annexB) throws NativeException {
        List<byte[]> units = NalUnits.ofAnnexB(annexB);
        List<byte[]> sps = kind(units, NalUnits.SPS);
        // The encoder derives the level from its rates. One that changes with them would look like another stream to
        // targets, though any decoder for the higher level does for both.
        sps.forEach(set -> set[LEVEL_AT] = (byte) Math.max(LEAST_LEVEL, set[LEVEL_AT]));
        var sets = new AvcParameterSets();
        sets.update(sps, kind(units, NalUnits.PPS));
        VideoHeader header = sets.header();
        if (header == null) {
            throw NativeException.of(
                    "encoder: %d bytes of parameter sets (expected: an SPS and a PPS)".formatted(annexB.length));
        }
        return header;
    }

    private static List<byte[]> kind(List<byte[]> units, int type) {
        return units.stream().filter(unit -> NalUnits.type(unit) == type).toList();
    }

    VideoPlan plan() {
        return plan;
    }

    /** How the pictures are to be decoded. */
    VideoHeader header() {
        return header;
    }

    /** Codes a picture, as a key frame when wanted. */
    void encode(AVFrame picture, long ptsMillis, boolean key, CodedFrame.Sink sink) throws NativeException {
        picture.pts(ptsMillis);
        picture.format(AV_PIX_FMT_YUV420P);
        picture.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        codec.encode(picture, packet -> {
            List<byte[]> units = NalUnits.ofAnnexB(NativeCodec.bytes(packet));
            byte[] slices = NalUnits.withLengths(units, type -> type == NalUnits.SLICE || type == NalUnits.IDR_SLICE);
            sink.accept(new CodedFrame(packet.pts(), (packet.flags() & AV_PKT_FLAG_KEY) != 0, slices));
        });
    }

    @Override
    public void close() {
        codec.close();
    }
}
