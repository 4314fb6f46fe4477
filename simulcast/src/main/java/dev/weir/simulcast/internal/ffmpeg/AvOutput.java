package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_NOFILE;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open2;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/**
 * One muxer on one network connection. Used by the thread that opened it only, under a bound guard: the interrupt
 * callback finds the guard by thread.
 */
public final class AvOutput implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofMillis(700);

    /** Describes one stream to the muxer. */
    public interface StreamSetup {
        /** Fills in codec, sizes and extra data. */
        void fill(AVCodecParameters parameters) throws NativeException;
    }

    private final NativeGuard guard;
    private final AVFormatContext context = new AVFormatContext(null);
    private final AVRational millis = new AVRational().num(1).den(1000);
    private final AVPacket packet = av_packet_alloc();
    private boolean headerWritten;
    private boolean failed;
    private long written;
    private long given;

    private AvOutput(NativeGuard guard) {
        this.guard = guard;
    }

    /**
     * Connects and writes the header.
     *
     * @param format FFmpeg's name of the muxer: flv, mpegts or whip
     * @param options for the protocol and the muxer
     */
    public static AvOutput open(
            NativeGuard guard, String url, String format, Map<String, String> options, List<StreamSetup> streams)
            throws NativeException {
        FfmpegLibrary.load();
        var output = new AvOutput(guard);
        try {
            output.connect(url, format, options);
            for (StreamSetup setup : streams) {
                output.addStream(setup);
            }
            output.writeHeader(options);
            return output;
        } catch (NativeException e) {
            output.failed = true;
            output.close();
            throw e;
        }
    }

    private void connect(String url, String format, Map<String, String> options) throws NativeException {
        NativeException.check(avformat_alloc_output_context2(context, null, format, url), "muxer " + format);
        context.flags(context.flags() | AVFormatContext.AVFMT_FLAG_FLUSH_PACKETS);
        if ((context.oformat().flags() & AVFMT_NOFILE) != 0) {
            context.interrupt_callback().callback(FfmpegLibrary.interrupt());
            return;
        }
        try (var interrupt = new AVIOInterruptCB().callback(FfmpegLibrary.interrupt())) {
            var io = new AVIOContext(null);
            AVDictionary dictionary = dictionary(options);
            int code = avio_open2(io, url, AVIO_FLAG_WRITE, interrupt, dictionary);
            av_dict_free(dictionary);
            NativeException.check(code, "connect");
            context.pb(io);
        }
    }

    private void addStream(StreamSetup setup) throws NativeException {
        AVStream stream = avformat_new_stream(context, null);
        stream.time_base(millis);
        setup.fill(stream.codecpar());
        stream.codecpar().codec_tag(0);
    }

    private void writeHeader(Map<String, String> options) throws NativeException {
        AVDictionary dictionary = dictionary(options);
        int code = avformat_write_header(context, dictionary);
        av_dict_free(dictionary);
        NativeException.check(code, "write header");
        headerWritten = true;
        written = bytesWritten();
    }

    /** A muxer that connects by itself, as WHIP's does, tells nothing of what leaves. */
    private long bytesWritten() {
        AVIOContext io = context.pb();
        return io == null || io.isNull() ? given : io.bytes_written();
    }

    private static AVDictionary dictionary(Map<String, String> options) {
        var dictionary = new AVDictionary(null);
        options.forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
        return dictionary;
    }

    /**
     * Sends one frame.
     *
     * @param stream index of the stream as opened
     * @param dtsMillis growing within the stream
     * @return bytes that have left for the network since the last call
     */
    public long write(int stream, long dtsMillis, long ptsMillis, boolean key, byte[] payload) throws NativeException {
        NativeException.check(av_new_packet(packet, payload.length), "packet of " + payload.length);
        packet.data().put(payload, 0, payload.length);
        packet.dts(dtsMillis).pts(ptsMillis).stream_index(stream);
        packet.flags(key ? AV_PKT_FLAG_KEY : 0);
        return send(packet, millis);
    }

    /** Sends a packet whose times are in {@code timeBase}; the packet is empty afterwards. */
    public long send(AVPacket ready, AVRational timeBase) throws NativeException {
        av_packet_rescale_ts(
                ready, timeBase, context.streams(ready.stream_index()).time_base());
        int size = ready.size();
        int code = av_write_frame(context, ready);
        av_packet_unref(ready);
        failed |= code < 0;
        NativeException.check(code, "write");
        AVIOContext io = context.pb();
        int error = io == null || io.isNull() ? 0 : io.error();
        failed |= error < 0;
        NativeException.check(error, "write");
        given += size;
        long before = written;
        written = bytesWritten();
        return written - before;
    }

    /** Says goodbye if the connection is sound, and frees everything within a second. */
    @Override
    public void close() {
        if (context.isNull()) {
            return;
        }
        guard.allowClosing(failed ? Duration.ZERO : CLOSING);
        if (headerWritten && !failed) {
            av_write_trailer(context);
        }
        AVIOContext io = context.pb();
        if (io != null && !io.isNull()) {
            avio_closep(io);
            context.pb(null);
        }
        avformat_free_context(context);
        context.setNull();
        av_packet_free(packet);
        millis.close();
    }
}
