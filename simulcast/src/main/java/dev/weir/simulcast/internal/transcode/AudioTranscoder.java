package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_samples_set_silence;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Codes sound anew and keeps it where it was on the timeline. Small differences between the times and the count of
 * samples are rounding and left alone; larger ones are made good by stretching, which nobody hears, and only a real gap
 * or overlap by silence, a jump or a loss. Used by one thread.
 */
public final class AudioTranscoder implements AutoCloseable {

    private static final int MILLI = AudioForm.SAMPLE_RATE / 1000;
    private static final int ROUNDING = 20 * MILLI;
    private static final int REAL_GAP = 100 * MILLI;
    private static final int LONGEST_SILENCE = 1000 * MILLI;
    private static final int STRETCH_OVER = AudioForm.SAMPLE_RATE;
    private static final int STRETCH_MOST = STRETCH_OVER / 200;

    private final Resampler resampler;
    private final SoundEncoder encoder;
    private @Nullable NativeCodec decoder;
    private @Nullable AudioHeader header;
    private boolean placed;
    private long stretchedUntil = Long.MIN_VALUE;

    /** A transcoder that hands what it makes to {@code sink}. */
    public AudioTranscoder(AudioForm form, CodedFrame.Sink sink) throws NativeException {
        this.resampler = new Resampler(form);
        try {
            this.encoder = new SoundEncoder(form, sink);
        } catch (NativeException e) {
            resampler.close();
            throw e;
        }
    }

    /** Takes the next sound frame; one that cannot be decoded is a gap. */
    public void accept(MediaUnit unit) throws NativeException {
        AudioHeader sound = unit.headers().audio();
        if (sound == null) {
            return;
        }
        NativeCodec open = decoderFor(sound);
        open.decode(unit.payload(), unit.ptsMillis(), this::decoded);
    }

    private NativeCodec decoderFor(AudioHeader sound) throws NativeException {
        AudioHeader known = header;
        NativeCodec open = decoder;
        if (open != null && known != null && same(known, sound)) {
            return open;
        }
        if (open != null) {
            open.close();
            decoder = null;
        }
        open = NativeCodec.decoder(sound.codec() == AudioCodec.OPUS ? "libopus" : "aac", context -> {
            NativeCodec.extraData(context, sound.config());
            context.sample_rate(sound.sampleRate());
            av_channel_layout_default(context.ch_layout(), sound.channels());
        });
        decoder = open;
        header = sound;
        return open;
    }

    private static boolean same(AudioHeader one, AudioHeader other) {
        return one.equals(other)
                || (one.codec() == other.codec()
                        && one.channels() == other.channels()
                        && Arrays.equals(one.config(), other.config()));
    }

    private void decoded(AVFrame samples) throws NativeException {
        long wanted = samples.pts() * MILLI;
        if (!placed) {
            encoder.moveTo(wanted);
            placed = true;
        }
        long drift = wanted - encoder.end() - resampler.heldBack();
        if (drift < -REAL_GAP) {
            // This time has been filled already.
            return;
        }
        if (drift > LONGEST_SILENCE) {
            encoder.moveTo(wanted);
        } else if (drift > REAL_GAP) {
            silence((int) drift);
        } else if (Math.abs(drift) > ROUNDING && encoder.end() >= stretchedUntil) {
            resampler.stretch(Math.clamp(drift, -STRETCH_MOST, STRETCH_MOST), STRETCH_OVER);
            stretchedUntil = encoder.end() + STRETCH_OVER;
        }
        int count = resampler.convert(samples);
        encoder.add(resampler.output(), count);
    }

    private void silence(int count) throws NativeException {
        AVFrame frame = resampler.output();
        for (int left = count; left > 0; left -= frame.nb_samples()) {
            int now = Math.min(left, frame.nb_samples());
            av_samples_set_silence(frame.extended_data(), 0, now, AudioForm.CHANNELS, frame.format());
            encoder.add(frame, now);
        }
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
        resampler.close();
        encoder.close();
    }
}
