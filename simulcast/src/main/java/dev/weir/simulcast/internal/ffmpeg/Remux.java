package dev.weir.simulcast.internal.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_closep;
import static org.bytedeco.ffmpeg.global.avformat.avio_open;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Copies the frames of one file into an MP4 whose index comes first, without re-encoding. Used by one thread. */
public final class Remux implements AutoCloseable {

    private final AVFormatContext input = new AVFormatContext(null);
    private final AVFormatContext output = new AVFormatContext(null);
    private final AVPacket packet = av_packet_alloc();

    private Remux() {}

    /**
     * Reads {@code from} and writes {@code to}.
     *
     * @param stop asked between frames; true ends the work with an exception
     */
    public static void fastStart(Path from, Path to, BooleanSupplier stop) throws NativeException {
        FfmpegLibrary.load();
        try (var remux = new Remux()) {
            remux.open(from, to);
            remux.copy(stop);
        }
    }

    private void open(Path from, Path to) throws NativeException {
        NativeException.check(
                avformat_open_input(input, from.toString(), (AVInputFormat) null, (AVDictionary) null), "open input");
        NativeException.check(avformat_find_stream_info(input, (AVDictionary) null), "read input");
        NativeException.check(avformat_alloc_output_context2(output, null, "mp4", to.toString()), "muxer mp4");
        for (int i = 0; i < input.nb_streams(); i++) {
            AVStream stream = avformat_new_stream(output, null);
            NativeException.check(
                    avcodec_parameters_copy(stream.codecpar(), input.streams(i).codecpar()), "codec parameters");
            stream.codecpar().codec_tag(0);
            stream.time_base(input.streams(i).time_base());
        }
        var io = new AVIOContext(null);
        NativeException.check(avio_open(io, to.toString(), AVIO_FLAG_WRITE), "open output");
        output.pb(io);
        var options = new AVDictionary(null);
        av_dict_set(options, "movflags", "+faststart", 0);
        int code = avformat_write_header(output, options);
        av_dict_free(options);
        NativeException.check(code, "write header");
    }

    private void copy(BooleanSupplier stop) throws NativeException {
        int code = av_read_frame(input, packet);
        while (code >= 0) {
            if (stop.getAsBoolean()) {
                throw NativeException.of("copy: stopped (expected: to go on)");
            }
            int stream = packet.stream_index();
            av_packet_rescale_ts(
                    packet,
                    input.streams(stream).time_base(),
                    output.streams(stream).time_base());
            packet.pos(-1);
            NativeException.check(av_interleaved_write_frame(output, packet), "write");
            code = av_read_frame(input, packet);
        }
        if (code != AVERROR_EOF) {
            NativeException.check(code, "read");
        }
        NativeException.check(av_write_trailer(output), "write index");
    }

    @Override
    public void close() {
        av_packet_unref(packet);
        av_packet_free(packet);
        if (!output.isNull()) {
            AVIOContext io = output.pb();
            if (io != null && !io.isNull()) {
                avio_closep(io);
                output.pb(null);
            }
            avformat_free_context(output);
        }
        if (!input.isNull()) {
            avformat_close_input(input);
        }
    }
}
