package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clock clock = Clock.systemUTC();
    private final CountingSinks sandbox = new CountingSinks(clock);
    private final LiveStreams lives = new LiveStreams(
            TargetPolicy.standard().withTimes(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(1)),
            clock);
    private final RtmpServer server = RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), this::decide);

    private PublishVerdict decide(PublishRequest request) {
        return switch (request.app() + "/" + request.key()) {
            case "live/good" -> new PublishVerdict.Accepted(lives.open("show").openHost());
            case "sandbox/tiktok?x=1&y=%3D" -> new PublishVerdict.Accepted(sandbox.open("tiktok"));
            default -> new PublishVerdict.Refused("unknown stream key");
        };
    }

    @AfterEach
    void stop() {
        lives.close();
        server.close();
    }

    private GeneratedHost host(String key) {
        return GeneratedHost.start(
                new HostSpec("Test", "rtmp://127.0.0.1:%d/live/%s".formatted(server.port(), key)), clock);
    }

    private void target(LiveStream live, String id, String url) {
        live.targets().add(new TargetSpec(id, id, null, url));
    }

    private TargetStatus status(LiveStream live, String id) {
        return live.targets().find(id).orElseThrow().status();
    }

    @Test
    void oneHost_reachesPlayerAndTargetWhileDeadTargetsFailAlone() throws Exception {
        LiveStream live = lives.open("show");
        String here = "rtmp://127.0.0.1:" + server.port() + "/sandbox/";
        try (var silent = new ServerSocket(0);
                GeneratedHost host = host("good")) {
            target(live, "healthy", here + "tiktok?x=1&y=%3D");
            target(live, "refused", here + "wrong-key");
            target(live, "closed", "rtmp://127.0.0.1:1/live/k");
            target(live, "silent", "rtmp://127.0.0.1:%d/live/k".formatted(silent.getLocalPort()));
            await().atMost(PATIENCE).until(() -> status(live, "healthy").state() == TargetState.LIVE);
            await().atMost(PATIENCE).until(() -> status(live, "refused").state() == TargetState.REJECTED);
            await().atMost(PATIENCE).until(() -> status(live, "closed").state() == TargetState.BACKOFF);
            await().atMost(PATIENCE).until(() -> status(live, "silent").state() == TargetState.BACKOFF);
            await().atMost(PATIENCE).until(() -> playlist(live).contains("#EXTINF"));
            assertThat(status(live, "refused").lastError()).contains("unknown stream key");
            assertThat(status(live, "refused").toString()).doesNotContain("wrong-key");
            assertThat(status(live, "silent").lastError()).contains("no progress");
            assertThat(status(live, "healthy").droppedUnits()).isZero();
            assertThat(sandbox.count("tiktok").keyFrames()).isPositive();
            assertThat(live.stats().width()).isEqualTo(720);
            assertThat(live.targets().remove("silent")).isTrue();
            assertThat(host.isRunning()).isTrue();
        }
        await().atMost(PATIENCE).until(() -> !live.hostConnected());
        lives.end("show");
        await().atMost(PATIENCE).until(() -> playlist(live).contains("#EXT-X-ENDLIST"));
    }

    @Test
    void wrongKey_neverPublishes() {
        try (GeneratedHost host = host("bad")) {
            assertThat(host.isRunning()).isTrue();
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> lives.find("show").isEmpty());
        }
    }

    @Test
    void secondHostWithTheSameKey_takesOverAndPlayersSeeADiscontinuity() {
        LiveStream live = lives.open("show");
        try (GeneratedHost ghost = host("good")) {
            await().atMost(PATIENCE).until(() -> playlist(live).contains("#EXTINF"));
            try (GeneratedHost next = host("good")) {
                await().atMost(PATIENCE).until(() -> playlist(live).contains("#EXT-X-DISCONTINUITY\n"));
                assertThat(live.stats().hostSessions()).isGreaterThan(1);
                assertThat(ghost.isRunning() && next.isRunning()).isTrue();
            }
        }
    }

    private static String playlist(LiveStream live) throws InterruptedException {
        return live.hls("index.m3u8")
                .map(found -> new String(found.bytes(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
