package dev.weir.simulcast.internal.whip;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.FfmpegLibrary;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** FFmpeg's own WHIP client, which plays a file to a server at the speed it was recorded with. */
final class FilePublisher {

    private final CountDownLatch stop = new CountDownLatch(1);

    void stop() {
        stop.countDown();
    }

    /** Returns when the file ends or it was stopped. */
    void publish(Path file, String url, Map<String, String> options) throws NativeException, InterruptedException {
        FfmpegLibrary.load();
        var guard = new NativeGuard("");
        guard.allow(Duration.ofSeconds(20));
        guard.bind();
        var input = new AVFormatContext(null);
        try {
            NativeException.check(
                    avformat_open_input(input, file.toString(), null, (AVDictionary) null), "open " + file);
            NativeException.check(avformat_find_stream_info(input, (AVDictionary) null), "probe");
            List<AvOutput.StreamSetup> streams = new ArrayList<>();
            for (int i = 0; i < input.nb_streams(); i++) {
                var from = input.streams(i).codecpar();
                streams.add(to -> NativeException.check(avcodec_parameters_copy(to, from), "copy parameters"));
            }
            try (AvOutput output = AvOutput.open(guard, url, "whip", options, streams)) {
                copy(guard, input, output);
            }
        } finally {
            avformat_close_input(input);
            guard.unbind();
        }
    }

    private void copy(NativeGuard guard, AVFormatContext input, AvOutput output)
            throws NativeException, InterruptedException {
        AVRational millis = new AVRational().num(1).den(1000);
        AVPacket packet = av_packet_alloc();
        long began = System.nanoTime();
        while (av_read_frame(input, packet) >= 0) {
            AVRational base = input.streams(packet.stream_index()).time_base();
            long due = began + av_rescale_q(packet.dts(), base, millis) * 1_000_000;
            if (stop.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                break;
            }
            guard.allow(Duration.ofSeconds(10));
            output.send(packet, base);
        }
        av_packet_free(packet);
    }
}
