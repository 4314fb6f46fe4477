package dev.weir.simulcast.internal.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.AudioCodec;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second encoder that is not ours: the WHIP client of FFmpeg 8. */
class WhipFfmpegTest {

    private static final String KEY = "the-key-of-the-show";
    private static final List<CollectingSink> SINKS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path folder;

    private static Path film;
    private static RtcEngine engine;
    private static WhipHttp http;

    @BeforeAll
    static void start() throws Exception {
        Path ffmpeg = Tools.find("ffmpeg").orElse(Path.of(""));
        Tools.require(!ffmpeg.toString().isEmpty(), "ffmpeg");
        film = folder.resolve("film.mkv");
        // Several slices a picture, as x264 makes them when it is told to hurry.
        String made = Decoding.run(
                List.of((ffmpeg + " -v error -f lavfi -i testsrc2=size=640x360:rate=30 -f lavfi -i sine=frequency=440"
                                + " -t 5 -c:v libx264 -preset ultrafast -tune zerolatency -x264-params slices=3 -b:v 1500k"
                                + " -bf 0 -g 60 -pix_fmt yuv420p -c:a libopus -ar 48000 -ac 2 -b:a 96k " + film)
                        .split(" ")));
        assertThat(made).isEmpty();
        engine = RtcEngine.start(WebRtcConfig.on("127.0.0.1", 0), InstantSource.system());
        assertThat(engine.awaitWarm(Duration.ofSeconds(60))).isTrue();
        http = new WhipHttp(
                engine,
                request -> {
                    if (!request.key().equals(KEY)) {
                        return new PublishVerdict.Refused("stream key: unknown (expected: the key of a show)");
                    }
                    SINKS.add(new CollectingSink());
                    return new PublishVerdict.Accepted(SINKS.getLast());
                },
                "");
    }

    @AfterAll
    static void stop() {
        if (http != null) {
            http.close();
            engine.close();
        }
    }

    @ParameterizedTest(name = "[{index}] whip_flags={0}")
    @ValueSource(strings = {"0", "dtls_active"})
    void film_arrivesWhole_whoeverBeginsTheHandshake(String flags) throws Exception {
        new FilePublisher()
                .publish(
                        film,
                        http.url("/whip"),
                        Map.of(
                                "authorization",
                                KEY,
                                "strict",
                                "experimental",
                                "whip_flags",
                                flags,
                                "handshake_timeout",
                                "20000"));
        CollectingSink sink = SINKS.getLast();
        await().atMost(Duration.ofSeconds(20)).until(() -> !sink.closed.isEmpty());

        List<MediaUnit> pictures = sink.of(Track.VIDEO);
        assertThat(sink.closed).contains("deleted");
        assertThat(pictures).hasSizeBetween(148, 150);
        assertThat(pictures.getFirst().key()).isTrue();
        assertThat(sink.longestGop()).isBetween(1990L, 2010L);
        assertThat(sink.of(Track.AUDIO)).hasSizeBetween(240, 252);
        assertThat(Objects.requireNonNull(sink.headers.getLast().audio()).codec())
                .isEqualTo(AudioCodec.OPUS);
        assertThat(sink.headers).hasSize(1);
        assertThat(sink.of(Track.AUDIO).getFirst().dtsMillis()
                        - pictures.getFirst().dtsMillis())
                .as("sound and picture begin together in the film")
                .isBetween(-15L, 15L);
        assertThat(Decoding.complaints(sink.all(), folder)).isEmpty();
    }

    @Test
    void wrongKey_isTurnedAway() {
        assertThatThrownBy(() -> new FilePublisher()
                        .publish(film, http.url("/whip"), Map.of("authorization", "wrong", "strict", "experimental")))
                .isInstanceOf(NativeException.class);
    }
}
