package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.ffmpeg.FfmpegLibrary;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * One picture as an H.264 key frame of the constrained baseline profile, which every target and browser takes.
 *
 * @param header how it is to be decoded
 * @param payload length-prefixed NAL units; never modify it
 */
public record StillPicture(VideoHeader header, byte[] payload) {

    private static final int FPS = 30;
    /** What its first picture may take follows from the rate: some 100 kB. */
    private static final int KBPS = 4000;

    /**
     * Encodes a picture.
     *
     * @param rgb 0xRRGGBB, row after row
     * @param width in pixels; an odd one loses its last column
     * @param height in pixels; an odd one loses its last row
     */
    public static StillPicture encode(int[] rgb, int width, int height) throws NativeException {
        FfmpegLibrary.load();
        Canvas canvas = Canvas.of(width, height, null);
        AVFrame frame = av_frame_alloc();
        try {
            frame.width(canvas.width()).height(canvas.height()).format(AV_PIX_FMT_YUV420P);
            frame.color_range(AVCOL_RANGE_MPEG).color_primaries(AVCOL_PRI_BT709);
            frame.color_trc(AVCOL_TRC_BT709).colorspace(AVCOL_SPC_BT709);
            NativeException.check(av_frame_get_buffer(frame, 0), "picture buffer");
            fill(frame, rgb, width);
            return encode(frame, canvas);
        } finally {
            av_frame_free(frame);
        }
    }

    private static StillPicture encode(AVFrame frame, Canvas canvas) throws NativeException {
        List<CodedFrame> made = new ArrayList<>();
        try (var encoder = new PictureEncoder(new VideoPlan(canvas, FPS, KBPS), frame, false)) {
            encoder.encode(frame, 0, true, made::add);
            if (made.isEmpty() || !made.getFirst().key()) {
                throw NativeException.of("still picture: %d frames (expected: a key frame)".formatted(made.size()));
            }
            return new StillPicture(encoder.header(), made.getFirst().payload());
        }
    }

    private static void fill(AVFrame frame, int[] rgb, int stride) {
        byte[] luma = new byte[frame.width()];
        for (int y = 0; y < frame.height(); y++) {
            for (int x = 0; x < luma.length; x++) {
                luma[x] = luma(rgb[y * stride + x]);
            }
            frame.data(0).position((long) y * frame.linesize(0)).put(luma, 0, luma.length);
        }
        for (int plane = 1; plane <= 2; plane++) {
            byte[] chroma = new byte[frame.width() / 2];
            for (int y = 0; y < frame.height() / 2; y++) {
                for (int x = 0; x < chroma.length; x++) {
                    chroma[x] = chroma(plane, mean(rgb, 2 * y * stride + 2 * x, stride));
                }
                frame.data(plane).position((long) y * frame.linesize(plane)).put(chroma, 0, chroma.length);
            }
        }
    }

    private static int mean(int[] rgb, int at, int stride) {
        int mean = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int sum = ((rgb[at] >> shift) & 0xFF)
                    + ((rgb[at + 1] >> shift) & 0xFF)
                    + ((rgb[at + stride] >> shift) & 0xFF)
                    + ((rgb[at + stride + 1] >> shift) & 0xFF);
            mean |= (sum / 4) << shift;
        }
        return mean;
    }

    /** Rec. ITU-R BT.709 §3, limited range. */
    private static byte luma(int rgb) {
        return (byte) Math.round(16 + 0.1826 * red(rgb) + 0.6142 * green(rgb) + 0.0620 * blue(rgb));
    }

    private static byte chroma(int plane, int rgb) {
        double value = plane == 1
                ? -0.1006 * red(rgb) - 0.3386 * green(rgb) + 0.4392 * blue(rgb)
                : 0.4392 * red(rgb) - 0.3989 * green(rgb) - 0.0403 * blue(rgb);
        return (byte) Math.round(128 + value);
    }

    private static int red(int rgb) {
        return (rgb >> 16) & 0xFF;
    }

    private static int green(int rgb) {
        return (rgb >> 8) & 0xFF;
    }

    private static int blue(int rgb) {
        return rgb & 0xFF;
    }
}
