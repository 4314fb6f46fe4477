package dev.weir.simulcast.internal.host;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.FfmpegLibrary;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
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

    private final AVCodecContext context;
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();
    private final AVRational timeBase;
    private final int stream;

    private Encoder(AVCodecContext context, int stream, int perSecond) {
        this.context = context;
        this.stream = stream;
        this.timeBase = new AVRational().num(1).den(perSecond);
        context.time_base(timeBase);
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        context.thread_count(1);
    }

    /** H.264, constrained baseline: no B-frames, a key frame every 2 s. */
    static Encoder video(int stream) throws NativeException {
        FfmpegLibrary.load();
        AVCodec codec = codec("libopenh264");
        var encoder = new Encoder(avcodec_alloc_context3(codec), stream, FPS);
        AVCodecContext context = encoder.context;
        context.width(Scene.WIDTH).height(Scene.HEIGHT).pix_fmt(AV_PIX_FMT_YUV420P);
        context.framerate(new AVRational().num(FPS).den(1));
        context.gop_size(GOP).max_b_frames(0).bit_rate(VIDEO_BITS);
        context.rc_max_rate(VIDEO_BITS * 2L);
        encoder.open(codec, "profile", "constrained_baseline");
        encoder.frame.width(Scene.WIDTH).height(Scene.HEIGHT).format(AV_PIX_FMT_YUV420P);
        return encoder.withBuffer();
    }

    /** AAC, 48 kHz stereo. */
    static Encoder audio(int stream) throws NativeException {
        FfmpegLibrary.load();
        AVCodec codec = codec("aac");
        var encoder = new Encoder(avcodec_alloc_context3(codec), stream, Chimes.SAMPLE_RATE);
        AVCodecContext context = encoder.context;
        context.sample_rate(Chimes.SAMPLE_RATE).sample_fmt(AV_SAMPLE_FMT_FLTP).bit_rate(AUDIO_BITS);
        av_channel_layout_default(context.ch_layout(), 2);
        encoder.open(codec, "aac_coder", "fast");
        encoder.frame.sample_rate(Chimes.SAMPLE_RATE).format(AV_SAMPLE_FMT_FLTP).nb_samples(AUDIO_FRAME);
        av_channel_layout_default(encoder.frame.ch_layout(), 2);
        return encoder.withBuffer();
    }

    private static AVCodec codec(String name) throws NativeException {
        AVCodec codec = avcodec_find_encoder_by_name(name);
        if (codec == null || codec.isNull()) {
            throw NativeException.of("encoder: %s (expected: part of the FFmpeg natives)".formatted(name));
        }
        return codec;
    }

    private void open(AVCodec codec, String option, String value) throws NativeException {
        var options = new AVDictionary(null);
        av_dict_set(options, option, value, 0);
        int code = avcodec_open2(context, codec, options);
        av_dict_free(options);
        NativeException.check(code, "open encoder");
    }

    private Encoder withBuffer() throws NativeException {
        NativeException.check(av_frame_get_buffer(frame, 0), "frame buffer");
        return this;
    }

    AvOutput.StreamSetup setup() {
        return parameters ->
                NativeException.check(avcodec_parameters_from_context(parameters, context), "codec parameters");
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
        NativeException.check(avcodec_send_frame(context, frame), "encode");
        while (avcodec_receive_packet(context, packet) >= 0) {
            packet.stream_index(stream);
            output.send(packet, timeBase);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
        timeBase.close();
    }
}
