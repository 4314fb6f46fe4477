package dev.weir.simulcast.testing;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;

/** What does a viewer see and hear? Decodes frames of a {@link Clip} and finds its white blocks and tones. */
public final class Probe {

    private static final int BLOCK_AT = 8;
    private static final int BRIGHT = 140;
    private static final float LOUD = 0.1f;
    private static final long QUIET_MILLIS = 300;

    /** A decoded picture. */
    public record Picture(long ptsMillis, int width, int height, boolean white) {}

    private Probe() {}

    /** All pictures as a decoder shows them; fails when one frame cannot be decoded. */
    public static List<Picture> pictures(List<MediaUnit> units) throws NativeException {
        List<Picture> pictures = new ArrayList<>();
        VideoHeader header = null;
        NativeCodec decoder = null;
        NativeCodec.Frames collect = frame -> pictures.add(picture(frame));
        for (MediaUnit unit : units) {
            if (unit.track() != Track.VIDEO) {
                continue;
            }
            if (unit.headers().video() != header) {
                drain(decoder, collect);
                header = unit.headers().video();
                byte[] config = header.avcConfig();
                decoder = NativeCodec.decoder("h264", context -> NativeCodec.extraData(context, config));
            }
            if (!decoder.decode(unit.payload(), unit.ptsMillis(), collect)) {
                throw NativeException.of("picture at %d ms: damaged (expected: whole)".formatted(unit.ptsMillis()));
            }
        }
        drain(decoder, collect);
        return pictures;
    }

    private static void drain(NativeCodec decoder, NativeCodec.Frames frames) throws NativeException {
        if (decoder != null) {
            decoder.drainFrames(frames);
            decoder.close();
        }
    }

    private static Picture picture(AVFrame frame) {
        int luma = frame.data(0).get((long) BLOCK_AT * frame.linesize(0) + BLOCK_AT) & 0xFF;
        return new Picture(frame.pts(), frame.width(), frame.height(), luma > BRIGHT);
    }

    /** When the white block appears, in milliseconds. */
    public static List<Long> flashes(List<MediaUnit> units) throws NativeException {
        List<Long> begins = new ArrayList<>();
        boolean white = false;
        for (Picture picture : pictures(units)) {
            if (picture.white() && !white) {
                begins.add(picture.ptsMillis());
            }
            white = picture.white();
        }
        return begins;
    }

    /** When the tone begins, in milliseconds. */
    public static List<Long> tones(List<MediaUnit> units) throws NativeException {
        List<Long> begins = new ArrayList<>();
        long[] lastLoud = {-QUIET_MILLIS};
        AudioHeader header = null;
        NativeCodec decoder = null;
        for (MediaUnit unit : units) {
            if (unit.track() != Track.AUDIO) {
                continue;
            }
            if (header == null || !unit.headers().audio().equals(header)) {
                if (decoder != null) {
                    decoder.close();
                }
                header = unit.headers().audio();
                decoder = open(header);
            }
            decoder.decode(unit.payload(), unit.ptsMillis(), frame -> listen(frame, lastLoud, begins));
        }
        if (decoder != null) {
            decoder.close();
        }
        return begins;
    }

    private static NativeCodec open(AudioHeader header) throws NativeException {
        // The decoder of our own side for Opus is libopus, so that this one is another.
        return NativeCodec.decoder(header.codec() == AudioCodec.OPUS ? "opus" : "aac", context -> {
            NativeCodec.extraData(context, header.config());
            context.sample_rate(header.sampleRate());
            av_channel_layout_default(context.ch_layout(), header.channels());
        });
    }

    private static void listen(AVFrame frame, long[] lastLoud, List<Long> begins) throws NativeException {
        if (frame.format() != AV_SAMPLE_FMT_FLTP) {
            throw NativeException.of("samples: format %d (expected: float planar)".formatted(frame.format()));
        }
        float[] samples = new float[frame.nb_samples()];
        new FloatPointer(frame.data(0)).get(samples);
        for (int i = 0; i < samples.length; i++) {
            if (Math.abs(samples[i]) > LOUD) {
                long now = frame.pts() + i * 1000L / frame.sample_rate();
                if (now - lastLoud[0] >= QUIET_MILLIS) {
                    begins.add(now);
                }
                lastLoud[0] = now;
            }
        }
    }
}
