package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** One open decoder or encoder, with all native memory that it works on. Used by one thread at a time. */
public final class NativeCodec implements AutoCloseable {

    private static final int EAGAIN = -11;

    /** Describes the stream to the codec before it is opened. */
    public interface Setup {
        /** Fills in format, sizes and rates. */
        void fill(AVCodecContext context) throws NativeException;
    }

    /** Takes what a decoder makes; the frame is valid during the call only. */
    public interface Frames {
        /** One picture, or some samples. */
        void accept(AVFrame frame) throws NativeException;
    }

    /** Takes what an encoder makes; the packet is valid during the call only. */
    public interface Packets {
        /** One coded frame. */
        void accept(AVPacket packet) throws NativeException;
    }

    private final String name;
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();

    private NativeCodec(String name, AVCodec codec) {
        this.name = name;
        this.context = avcodec_alloc_context3(codec);
    }

    /** Opens the decoder that FFmpeg calls {@code name}. */
    public static NativeCodec decoder(String name, Setup setup) throws NativeException {
        FfmpegLibrary.load();
        return open(name, avcodec_find_decoder_by_name(name), setup, Map.of());
    }

    /**
     * Opens the encoder that FFmpeg calls {@code name}.
     *
     * @param options private options of the encoder
     */
    public static NativeCodec encoder(String name, Setup setup, Map<String, String> options) throws NativeException {
        FfmpegLibrary.load();
        return open(name, avcodec_find_encoder_by_name(name), setup, options);
    }

    private static NativeCodec open(String name, @Nullable AVCodec codec, Setup setup, Map<String, String> options)
            throws NativeException {
        if (codec == null || codec.isNull()) {
            throw NativeException.of("codec: %s (expected: part of the FFmpeg natives)".formatted(name));
        }
        var opened = new NativeCodec(name, codec);
        try {
            // One thread each: a live has few codecs, and frame threads would add a frame of delay apiece.
            opened.context.thread_count(1);
            setup.fill(opened.context);
            opened.open(codec, options);
            return opened;
        } catch (NativeException e) {
            opened.close();
            throw e;
        }
    }

    private void open(AVCodec codec, Map<String, String> options) throws NativeException {
        var dictionary = new AVDictionary(null);
        options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
        int code = avcodec_open2(context, codec, dictionary);
        av_dict_free(dictionary);
        NativeException.check(code, "open " + name);
    }

    /** Gives a decoder the bytes that its container keeps out of band. */
    public static void extraData(AVCodecContext context, byte[] bytes) {
        var copy = new BytePointer(av_mallocz(bytes.length + (long) avcodec.AV_INPUT_BUFFER_PADDING_SIZE));
        copy.put(bytes, 0, bytes.length);
        context.extradata(copy);
        context.extradata_size(bytes.length);
    }

    /** The bytes that an encoder wants kept out of band; empty when there are none. */
    public byte[] extraData() {
        byte[] bytes = new byte[context.extradata_size()];
        if (bytes.length > 0) {
            context.extradata().get(bytes);
        }
        return bytes;
    }

    /** Describes what an encoder makes to a muxer. */
    public AvOutput.StreamSetup setup() {
        return parameters ->
                NativeException.check(avcodec_parameters_from_context(parameters, context), "codec parameters");
    }

    /**
     * Decodes one coded frame. Bytes that the decoder cannot read are passed over.
     *
     * @return false when the bytes could not be read
     */
    public boolean decode(byte[] bytes, long pts, Frames frames) throws NativeException {
        NativeException.check(av_new_packet(packet, bytes.length), "packet of " + bytes.length);
        packet.data().put(bytes, 0, bytes.length);
        packet.pts(pts).dts(pts);
        int code = avcodec_send_packet(context, packet);
        av_packet_unref(packet);
        if (code != AVERROR_INVALIDDATA) {
            NativeException.check(code, name);
        }
        return receiveFrames(frames) && code >= 0;
    }

    /** Hands out what a decoder still holds back; the last call. */
    public void drainFrames(Frames frames) throws NativeException {
        NativeException.check(avcodec_send_packet(context, null), name);
        receiveFrames(frames);
    }

    private boolean receiveFrames(Frames frames) throws NativeException {
        int code = avcodec_receive_frame(context, frame);
        while (code >= 0) {
            try {
                frames.accept(frame);
            } finally {
                av_frame_unref(frame);
            }
            code = avcodec_receive_frame(context, frame);
        }
        if (code != EAGAIN && code != AVERROR_EOF && code != AVERROR_INVALIDDATA) {
            NativeException.check(code, name);
        }
        return code != AVERROR_INVALIDDATA;
    }

    /** Encodes one picture or one frame of samples. */
    public void encode(AVFrame input, Packets packets) throws NativeException {
        NativeException.check(avcodec_send_frame(context, input), name);
        int code = avcodec_receive_packet(context, packet);
        while (code >= 0) {
            try {
                packets.accept(packet);
            } finally {
                av_packet_unref(packet);
            }
            code = avcodec_receive_packet(context, packet);
        }
        if (code != EAGAIN) {
            NativeException.check(code, name);
        }
    }

    /** The payload of a packet, copied. */
    public static byte[] bytes(AVPacket from) {
        byte[] bytes = new byte[from.size()];
        from.data().get(bytes);
        return bytes;
    }

    /** Frees everything. May be called again. */
    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
