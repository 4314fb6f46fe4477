package dev.weir.simulcast.internal.transcode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import dev.weir.simulcast.internal.codec.OpusHead;
import java.util.Map;

/** The two ways in which sound is made here; always 48 kHz stereo. */
public enum AudioForm {
    /**
     * 20 ms frames at 128 kbit/s. At this rate Opus codes in its CELT mode, which has no in-band redundancy to lose, so
     * that the low-delay application saves 4 ms for nothing.
     */
    OPUS(
            "libopus",
            AV_SAMPLE_FMT_FLT,
            960,
            128_000,
            Map.of("application", "lowdelay", "frame_duration", "20"),
            OpusHead.of(2, 120)),

    /** AAC-LC in frames of 1024 samples at 160 kbit/s, which hides that the sound was coded before. */
    AAC("aac", AV_SAMPLE_FMT_FLTP, 1024, 160_000, Map.of("aac_coder", "fast"), CodecHeaders.aac(new byte[] {
        0x11, (byte) 0x90
    }));

    static final int SAMPLE_RATE = 48_000;
    static final int CHANNELS = 2;

    final String encoder;
    final int sampleFormat;
    final int frameSamples;
    final int bitRate;
    final Map<String, String> options;
    private final AudioHeader header;

    AudioForm(
            String encoder,
            int sampleFormat,
            int frameSamples,
            int bitRate,
            Map<String, String> options,
            AudioHeader header) {
        this.encoder = encoder;
        this.sampleFormat = sampleFormat;
        this.frameSamples = frameSamples;
        this.bitRate = bitRate;
        this.options = options;
        this.header = header;
    }

    /** How the frames are to be decoded; the same always, so that it is known before the first is made. */
    public AudioHeader header() {
        return header;
    }

    /** Kilobits a second that a stream in this form takes. */
    public int kbps() {
        return bitRate / 1000;
    }

    /** True when sound coded so needs no work. */
    public boolean satisfiedBy(AudioHeader sound) {
        return sound.codec() == (this == OPUS ? AudioCodec.OPUS : AudioCodec.AAC);
    }
}
