package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_compare;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_delay;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;
import static org.bytedeco.ffmpeg.global.swresample.swr_set_compensation;

import dev.weir.simulcast.internal.ffmpeg.NativeException;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;

/**
 * Brings decoded sound to 48 kHz stereo, whatever the decoder makes of it: the rate and the channels of HE-AAC are
 * known only then. Used by one thread.
 */
final class Resampler implements AutoCloseable {

    /** The longest frame of AAC at the lowest rate, 2048 samples at 7350 Hz, and what the filter held back. */
    private static final int MOST_SAMPLES = 16_384;

    private final AVFrame output = av_frame_alloc();
    private final SwrContext context = new SwrContext(null);
    private final AVChannelLayout fromLayout = new AVChannelLayout();
    private int fromRate;
    private int fromFormat = -1;

    Resampler(AudioForm form) throws NativeException {
        output.format(form.sampleFormat).sample_rate(AudioForm.SAMPLE_RATE).nb_samples(MOST_SAMPLES);
        av_channel_layout_default(output.ch_layout(), AudioForm.CHANNELS);
        NativeException.check(av_frame_get_buffer(output, 0), "sample buffer");
    }

    /** Converts; {@link #output} holds the result until the next call. */
    int convert(AVFrame input) throws NativeException {
        if (!matches(input)) {
            open(input);
        }
        return NativeException.check(
                swr_convert(context, output.extended_data(), MOST_SAMPLES, input.extended_data(), input.nb_samples()),
                "resample");
    }

    AVFrame output() {
        return output;
    }

    /** Samples at 48 kHz that went in and did not come out yet. */
    long heldBack() {
        return context.isNull() ? 0 : swr_get_delay(context, AudioForm.SAMPLE_RATE);
    }

    /** Makes the next {@code over} samples longer or shorter by {@code samples}. */
    void stretch(int samples, int over) throws NativeException {
        if (!context.isNull()) {
            NativeException.check(swr_set_compensation(context, samples, over), "stretch");
        }
    }

    private boolean matches(AVFrame input) {
        return !context.isNull()
                && input.sample_rate() == fromRate
                && input.format() == fromFormat
                && av_channel_layout_compare(input.ch_layout(), fromLayout) == 0;
    }

    private void open(AVFrame input) throws NativeException {
        swr_free(context);
        fromRate = input.sample_rate();
        fromFormat = input.format();
        NativeException.check(av_channel_layout_copy(fromLayout, input.ch_layout()), "channel layout");
        NativeException.check(
                swr_alloc_set_opts2(
                        context,
                        output.ch_layout(),
                        output.format(),
                        AudioForm.SAMPLE_RATE,
                        fromLayout,
                        fromFormat,
                        fromRate,
                        0,
                        null),
                "resampler from %d Hz".formatted(fromRate));
        NativeException.check(swr_init(context), "resampler from %d Hz".formatted(fromRate));
    }

    @Override
    public void close() {
        swr_free(context);
        av_channel_layout_uninit(fromLayout);
        fromLayout.close();
        av_frame_free(output);
    }
}
