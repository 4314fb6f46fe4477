package dev.weir.simulcast.internal.host;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** One encoder with the frame it is fed from. Used by one thread. */
final class Encoder implements AutoCloseable {

    static final int FPS = 30;
    static final int AUDIO_FRAME = 1024;

    private static final int VIDEO_BITS = 1_500_000;
    private static final int AUDIO_BITS = 128_000;
    private static final int GOP = 2 * FPS;

    private final NativeCodec codec;
    private final AVFrame frame = av_frame_alloc();
    private final AVRational timeBase;
    private final int stream;

    private Encoder(NativeCodec codec, int stream, int perSecond) {
        this.codec = codec;
        this.stream = stream;
        this.timeBase = new AVRational().num(1).den(perSecond);
    }

    /** H.264, constrained baseline: no B-frames, a key frame every 2 s. */
    static Encoder video(int stream) throws NativeException {
        NativeCodec codec = NativeCodec.encoder(
                "libopenh264",
                context -> {
                    context.time_base().num(1).den(FPS);
                    context.framerate().num(FPS).den(1);
                    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
                    context.width(Scene.WIDTH).height(Scene.HEIGHT).pix_fmt(AV_PIX_FMT_YUV420P);
                    context.gop_size(GOP).max_b_frames(0).bit_rate(VIDEO_BITS);
                    context.rc_max_rate(VIDEO_BITS * 2L);
                },
                Map.of("profile", "constrained_baseline"));
        var encoder = new Encoder(codec, stream, FPS);
        encoder.frame.width(Scene.WIDTH).height(Scene.HEIGHT).format(AV_PIX_FMT_YUV420P);
        return encoder.withBuffer();
    }

    /** AAC, 48 kHz stereo. */
    static Encoder audio(int stream) throws NativeException {
        NativeCodec codec = NativeCodec.encoder(
                "aac",
                context -> {
                    context.time_base().num(1).den(Chimes.SAMPLE_RATE);
                    context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
                    context.sample_rate(Chimes.SAMPLE_RATE)
                            .sample_fmt(AV_SAMPLE_FMT_FLTP)
                            .bit_rate(AUDIO_BITS);
                    av_channel_layout_default(context.ch_layout(), 2);
                },
                Map.of("aac_coder", "fast"));
        var encoder = new Encoder(codec, stream, Chimes.SAMPLE_RATE);
        encoder.frame.sample_rate(Chimes.SAMPLE_RATE).format(AV_SAMPLE_FMT_FLTP).nb_samples(AUDIO_FRAME);
        av_channel_layout_default(encoder.frame.ch_layout(), 2);
        return encoder.withBuffer();
    }

    private Encoder withBuffer() throws NativeException {
        NativeException.check(av_frame_get_buffer(frame, 0), "frame buffer");
        return this;
    }

    AvOutput.StreamSetup setup() {
        return codec.setup();
    }

    /** Encodes a picture and sends what comes out. */
    void encode(YuvImage image, long index, AvOutput output) throws NativeException {
        NativeException.check(av_frame_make_writable(frame), "frame buffer");
        plane(0, image.y, image.width);
        plane(1, image.u, image.width / 2);
        plane(2, image.v, image.width / 2);
        encode(index, output);
    }

    private void plane(int index, byte[] bytes, int width) {
        BytePointer data = frame.data(index);
        int stride = frame.linesize(index);
        for (int row = 0; row < bytes.length / width; row++) {
            data.position((long) row * stride).put(bytes, row * width, width);
        }
    }

    /** Encodes {@link #AUDIO_FRAME} samples a channel and sends what comes out. */
    void encode(float[] left, float[] right, long position, AvOutput output) throws NativeException {
        NativeException.check(av_frame_make_writable(frame), "frame buffer");
        new FloatPointer(frame.data(0)).put(left, 0, left.length);
        new FloatPointer(frame.data(1)).put(right, 0, right.length);
        // The encoder primes with one frame before its first input; a shift by that keeps its times above zero.
        encode(position + AUDIO_FRAME, output);
    }

    private void encode(long time, AvOutput output) throws NativeException {
        frame.pts(time);
        codec.encode(frame, packet -> {
            packet.stream_index(stream);
            output.send(packet, timeBase);
        });
    }

    @Override
    public void close() {
        av_frame_free(frame);
        codec.close();
        timeBase.close();
    }
}
