package dev.weir.simulcast.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.internal.codec.CodecHeaders;
import dev.weir.simulcast.internal.ffmpeg.NativeCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is what fills a gap really silent, in the decoder that the host's sound needs? */
class SilenceTest {

    private static final int FRAMES = 6;

    private static Silence made(AudioHeader header) {
        Silence.prepare(header);
        await().atMost(Duration.ofSeconds(20)).until(() -> Silence.of(header).isPresent());
        return Silence.of(header).orElseThrow();
    }

    /** The loudest sample of each decoded frame. */
    private static List<Float> loudness(String decoder, AudioHeader header, Silence silence) throws Exception {
        List<Float> peaks = new ArrayList<>();
        try (NativeCodec codec = NativeCodec.decoder(decoder, context -> {
            context.sample_rate(header.sampleRate()).request_sample_fmt(AV_SAMPLE_FMT_FLTP);
            av_channel_layout_default(context.ch_layout(), header.channels());
            if (header.config().length > 0) {
                NativeCodec.extraData(context, header.config());
            }
        })) {
            for (int i = 0; i < FRAMES; i++) {
                assertThat(codec.decode(silence.frame(), i, frame -> {
                            float peak = 0;
                            var samples = new FloatPointer(frame.data(0));
                            for (int at = 0; at < frame.nb_samples(); at++) {
                                peak = Math.max(peak, Math.abs(samples.get(at)));
                            }
                            assertThat(frame.nb_samples()).isEqualTo(silence.samples());
                            peaks.add(peak);
                        }))
                        .isTrue();
            }
        }
        return peaks;
    }

    @ParameterizedTest
    @CsvSource({"48000,2,1190", "44100,2,1210", "44100,1,1208", "22050,1,1388"})
    void aacSilence_isSilentInTheHostsDecoder(int rate, int channels, String config) throws Exception {
        byte[] bytes = {
            (byte) Integer.parseInt(config.substring(0, 2), 16), (byte) Integer.parseInt(config.substring(2), 16)
        };
        AudioHeader header = CodecHeaders.aac(bytes);
        assertThat(header.sampleRate()).isEqualTo(rate);
        assertThat(header.channels()).isEqualTo(channels);
        assertThat(loudness("aac", header, made(header))).isNotEmpty().allMatch(peak -> peak < 1e-4);
    }

    @Test
    void opusSilence_lastsTwentyMillisecondsAndIsSilent() throws Exception {
        var header = new AudioHeader(AudioCodec.OPUS, new byte[0], 48_000, 2);
        Silence silence = made(header);
        assertThat(silence.samples() * 1000 / silence.sampleRate()).isEqualTo(20);
        assertThat(loudness("opus", header, silence)).isNotEmpty().allMatch(peak -> peak < 1e-4);
    }

    @Test
    void soundThatCannotBeMade_isLeftOut() {
        var header = new AudioHeader(AudioCodec.AAC, new byte[] {0x11, (byte) 0x90}, 47_999, 2);
        Silence.prepare(header);
        assertThat(Silence.of(header)).isEmpty();
    }
}
