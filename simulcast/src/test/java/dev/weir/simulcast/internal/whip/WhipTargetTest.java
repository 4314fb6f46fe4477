package dev.weir.simulcast.internal.whip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.PacketFanout;
import dev.weir.simulcast.PublishRequest;
import dev.weir.simulcast.PublishVerdict;
import dev.weir.simulcast.RenditionLease;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.StreamSink;
import dev.weir.simulcast.StreamTargets;
import dev.weir.simulcast.TargetPolicy;
import dev.weir.simulcast.TargetSpec;
import dev.weir.simulcast.TargetState;
import dev.weir.simulcast.TargetStatus;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.WebRtcConfig;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.rtc.RtcEngine;
import dev.weir.simulcast.testkit.TlsFront;
import dev.weir.simulcast.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live that came in by WHIP goes out by WHIP, to a server that takes it as any other publisher's. */
class WhipTargetTest {

    private static final String SOURCE = "the-key-of-the-host";
    private static final String KEY = "the-key-of+the=target";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static final PacketFanout FANOUT = new PacketFanout();
    private static final FilePublisher PUBLISHER = new FilePublisher();
    private static final Map<String, CollectingSink> ARRIVED = new ConcurrentHashMap<>();
    private static RtcEngine engine;
    private static WhipHttp http;
    private StreamTargets targets;

    @BeforeAll
    static void start() throws Exception {
        Path ffmpeg = Tools.find("ffmpeg").orElse(Path.of(""));
        Tools.require(!ffmpeg.toString().isEmpty(), "ffmpeg");
        Path film = folder.resolve("film.mkv");
        String make =
                ffmpeg + " -v error -f lavfi -i testsrc2=size=320x180:rate=30 -f lavfi -i sine=frequency=440 -t 30"
                        + " -c:v libx264 -preset ultrafast -b:v 600k -bf 0 -g 30 -pix_fmt yuv420p"
                        + " -c:a libopus -ar 48000 -ac 2 -b:a 64k " + film;
        assertThat(Decoding.run(List.of(make.split(" ")))).isEmpty();
        engine = RtcEngine.start(WebRtcConfig.on("127.0.0.1", 0), InstantSource.system());
        assertThat(engine.awaitWarm(Duration.ofSeconds(60))).isTrue();
        http = new WhipHttp(engine, WhipTargetTest::authorize, "");
        Thread.ofPlatform().daemon().start(() -> {
            try {
                PUBLISHER.publish(
                        film,
                        http.url("/whip"),
                        Map.of("authorization", SOURCE, "strict", "experimental", "handshake_timeout", "20000"));
            } catch (NativeException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(SOON).until(() -> FANOUT.headers().video() != null);
    }

    private static PublishVerdict authorize(PublishRequest request) {
        if (request.key().equals(SOURCE)) {
            return new PublishVerdict.Accepted(new ToFanout());
        }
        if (!request.key().equals(KEY)) {
            return new PublishVerdict.Refused("stream key: unknown (expected: the key of a show)");
        }
        var sink = new CollectingSink();
        ARRIVED.put(request.key(), sink);
        return new PublishVerdict.Accepted(sink);
    }

    @AfterAll
    static void stop() {
        PUBLISHER.stop();
        if (http != null) {
            http.close();
            engine.close();
        }
    }

    @AfterEach
    void remove() {
        if (targets != null) {
            targets.close();
        }
        ARRIVED.clear();
    }

    @Test
    void stream_goesOutWhole_andTheSessionIsEndedWithTheTarget() throws Exception {
        open(TargetPolicy.standard());
        targets.add(spec("whip", KEY));
        await().atMost(SOON).until(() -> ARRIVED.containsKey(KEY) && arrived().millis() > 3000);

        assertThat(status().state()).isEqualTo(TargetState.LIVE);
        assertThat(targets.remove("t")).isTrue();
        await().atMost(SOON).until(() -> arrived().closed.contains("deleted"));
        assertThat(arrived().of(Track.VIDEO).size() * 1000L / arrived().millis())
                .isBetween(28L, 31L);
        assertThat(arrived().of(Track.AUDIO)).hasSizeGreaterThan(100);
        assertThat(Decoding.complaints(arrived().all(), folder)).isEmpty();
    }

    @Test
    void wrongKey_isRejected_inTheServersWords() {
        open(TargetPolicy.standard());
        targets.add(spec("whip", "wrong"));

        await().atMost(SOON).until(() -> status().state() == TargetState.REJECTED);
        assertThat(status().lastError()).contains("HTTP 401: stream key: unknown");
    }

    @Test
    void serverUnderAStrangersName_isNotTrusted_andUnderItsOwnIs() throws Exception {
        try (var front = new TlsFront(http.port())) {
            String url = "whips://" + KEY.replace("+", "%2B") + "@localhost:" + front.port() + "/whip";
            open(TargetPolicy.standard());
            targets.add(new TargetSpec("t", "T", null, url));
            await().atMost(SOON).until(() -> status().state() == TargetState.REJECTED);
            assertThat(status().lastError()).contains("certificate").doesNotContain(KEY);
            targets.close();

            open(TargetPolicy.standard().withCaFile(front.caFile()));
            targets.add(new TargetSpec("t", "T", null, url));
            await().atMost(SOON).until(() -> status().state() == TargetState.LIVE);
        }
    }

    @Test
    void serverThatIsNotThere_isTriedAgain() {
        open(TargetPolicy.standard());
        targets.add(new TargetSpec("t", "T", null, "whip://127.0.0.1:" + Tools.freePort() + "/whip"));

        await().atMost(SOON).until(() -> status().state() == TargetState.BACKOFF);
    }

    @Test
    void address_showsNothingOfItsPath() {
        assertThat(spec("whip", KEY).redactedUrl()).endsWith("/***").doesNotContain("key", "whip/", "publish");
    }

    private void open(TargetPolicy policy) {
        targets = new StreamTargets(FANOUT, _ -> new Lease(FANOUT), () -> true, policy, InstantSource.system());
    }

    private static TargetSpec spec(String scheme, String key) {
        String authority = http.url("").replaceFirst("http://", "");
        return new TargetSpec("t", "T", null, scheme + "://" + key + "@" + authority + "/whip");
    }

    private TargetStatus status() {
        return targets.find("t").orElseThrow().status();
    }

    private static CollectingSink arrived() {
        return ARRIVED.get(KEY);
    }

    private record Lease(PacketFanout fanout) implements RenditionLease {
        @Override
        public void close() {}
    }

    private static final class ToFanout implements StreamSink {
        @Override
        public void headers(StreamHeaders headers) {}

        @Override
        public void unit(MediaUnit unit) {
            FANOUT.publish(unit);
        }

        @Override
        public void closed(String reason) {}
    }
}
