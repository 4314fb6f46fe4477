package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_free;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_read;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_size;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_write;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_set_silence;

import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Cuts a run of samples into an encoder's frames. Positions are counted in samples at 48 kHz from the timeline's zero.
 * Used by one thread.
 */
final class SoundEncoder implements AutoCloseable {

    private static final int MILLI = AudioForm.SAMPLE_RATE / 1000;

    private final AudioForm form;
    private final CodedFrame.Sink sink;
    private final NativeCodec codec;
    private final AVFrame frame = av_frame_alloc();
    private final AVAudioFifo waiting;
    private long position;
    private long lastMillis = -1;

    SoundEncoder(AudioForm form, CodedFrame.Sink sink) throws NativeException {
        this.form = form;
        this.sink = sink;
        this.codec = NativeCodec.encoder(form.encoder, this::describe, form.options);
        this.waiting = av_audio_fifo_alloc(form.sampleFormat, AudioForm.CHANNELS, 2 * form.frameSamples);
        try {
            frame.format(form.sampleFormat).sample_rate(AudioForm.SAMPLE_RATE).nb_samples(form.frameSamples);
            av_channel_layout_default(frame.ch_layout(), AudioForm.CHANNELS);
            NativeException.check(av_frame_get_buffer(frame, 0), "sample buffer");
        } catch (NativeException e) {
            close();
            throw e;
        }
    }

    private void describe(AVCodecContext context) {
        context.time_base().num(1).den(AudioForm.SAMPLE_RATE);
        context.sample_rate(AudioForm.SAMPLE_RATE).sample_fmt(form.sampleFormat).bit_rate(form.bitRate);
        av_channel_layout_default(context.ch_layout(), AudioForm.CHANNELS);
    }

    /** Where the next sample goes. */
    long end() {
        return position + av_audio_fifo_size(waiting);
    }

    /** Goes on at another place, which must not be before {@link #end}; what waits is completed with silence. */
    void moveTo(long newPosition) throws NativeException {
        int left = av_audio_fifo_size(waiting);
        if (left > 0) {
            encode(left);
        }
        position = Math.max(position, newPosition);
    }

    /** Adds samples and hands out the frames that are complete. */
    void add(AVFrame samples, int count) throws NativeException {
        NativeException.check(av_audio_fifo_write(waiting, samples.extended_data(), count), "sample queue");
        while (av_audio_fifo_size(waiting) >= form.frameSamples) {
            encode(form.frameSamples);
        }
    }

    private void encode(int count) throws NativeException {
        NativeException.check(av_frame_make_writable(frame), "sample buffer");
        int missing = form.frameSamples - count;
        if (missing > 0) {
            av_samples_set_silence(frame.extended_data(), count, missing, AudioForm.CHANNELS, form.sampleFormat);
        }
        NativeException.check(av_audio_fifo_read(waiting, frame.extended_data(), count), "sample queue");
        frame.pts(position);
        position += form.frameSamples;
        codec.encode(frame, packet -> {
            // The encoder's own delay is taken off its times, so that the sound stays where it was.
            long millis = Math.max(lastMillis + 1, Math.floorDiv(packet.pts(), MILLI));
            lastMillis = millis;
            sink.accept(new CodedFrame(millis, true, NativeCodec.bytes(packet)));
        });
    }

    @Override
    public void close() {
        av_audio_fifo_free(waiting);
        av_frame_free(frame);
        codec.close();
    }
}
