package dev.weir.simulcast.internal.live;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_set_silence;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One frame of silence in the host's sound codec. Thread-safe.
 *
 * @param frame the coded frame; never modify it
 * @param samples how long it lasts, in samples of {@code sampleRate}
 * @param sampleRate samples a second
 */
record Silence(byte[] frame, int samples, int sampleRate) {

    private static final Logger LOG = LoggerFactory.getLogger(Silence.class);

    /** RFC 6716 §3.1: CELT, full band, 20 ms, one frame; its two bytes decode to silence. */
    private static final Silence OPUS = new Silence(new byte[] {(byte) 0xF8, (byte) 0xFF, (byte) 0xFE}, 960, 48_000);

    private static final int AAC_FRAME = 1024;
    /** By then the encoder has forgotten that there was nothing before its first frame. */
    private static final int SETTLED = 4;
    /** More than there are usual pairs of rate and channels. */
    private static final int MAX_KEPT = 64;

    private record Kind(int sampleRate, int channels) {}

    private static final Map<Kind, CompletableFuture<Optional<Silence>>> MADE = new ConcurrentHashMap<>();

    /** Begins to make what {@link #of} will be asked for; returns at once. */
    static void prepare(AudioHeader header) {
        future(header);
    }

    /** Empty when it cannot be made, or is not made yet. */
    static Optional<Silence> of(AudioHeader header) {
        return future(header).getNow(Optional.empty());
    }

    private static CompletableFuture<Optional<Silence>> future(AudioHeader header) {
        var kind = new Kind(header.sampleRate(), header.channels());
        if (header.codec() == AudioCodec.OPUS) {
            return CompletableFuture.completedFuture(Optional.of(OPUS));
        }
        if (MADE.size() >= MAX_KEPT && !MADE.containsKey(kind)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return MADE.computeIfAbsent(kind, wanted -> {
            var future = new CompletableFuture<Optional<Silence>>();
            Thread.ofPlatform().daemon().name("silence").start(() -> future.complete(make(wanted)));
            return future;
        });
    }

    private static Optional<Silence> make(Kind kind) {
        try {
            return Optional.of(new Silence(encode(kind), AAC_FRAME, kind.sampleRate()));
        } catch (NativeException | RuntimeException | LinkageError e) {
            LOG.warn(
                    "no silence in AAC of {} Hz, {} channels: gaps stay without sound",
                    kind.sampleRate(),
                    kind.channels(),
                    e);
            return Optional.empty();
        }
    }

    private static byte[] encode(Kind kind) throws NativeException {
        byte[][] newest = {new byte[0]};
        try (NativeCodec codec = NativeCodec.encoder(
                "aac",
                context -> {
                    context.sample_rate(kind.sampleRate()).sample_fmt(AV_SAMPLE_FMT_FLTP);
                    context.bit_rate(32_000L * kind.channels());
                    av_channel_layout_default(context.ch_layout(), kind.channels());
                },
                Map.of())) {
            AVFrame frame = av_frame_alloc();
            try {
                fill(frame, kind);
                for (int i = 0; i < SETTLED; i++) {
                    frame.pts((long) i * AAC_FRAME);
                    codec.encode(frame, packet -> newest[0] = NativeCodec.bytes(packet));
                }
            } finally {
                av_frame_free(frame);
            }
        }
        if (newest[0].length == 0) {
            throw NativeException.of("silence: 0 bytes (expected: a frame)");
        }
        return newest[0];
    }

    private static void fill(AVFrame frame, Kind kind) throws NativeException {
        frame.sample_rate(kind.sampleRate()).format(AV_SAMPLE_FMT_FLTP).nb_samples(AAC_FRAME);
        av_channel_layout_default(frame.ch_layout(), kind.channels());
        NativeException.check(av_frame_get_buffer(frame, 0), "frame buffer");
        av_samples_set_silence(frame.extended_data(), 0, AAC_FRAME, kind.channels(), AV_SAMPLE_FMT_FLTP);
    }
}
