package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder is killed in mid-show: what do viewers, targets and the recording get, over real RTMP? */
class GapStoryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final CountingSinks platform = new CountingSinks(clock);
    private final List<String> news = new CopyOnWriteArrayList<>();
    private LiveStreams lives;
    private RtmpServer server;
    private LiveStream live;
    private Process encoder;

    private void start(Duration gap) {
        lives = new LiveStreams(
                LiveStreamsConfig.standard()
                        .withHostGap(gap)
                        .withTargets(TargetPolicy.standard()
                                .withTimes(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(1)))
                        .withRecording(new RecordingConfig(folder.resolve("recordings"), Duration.ofDays(1), 0)),
                clock);
        server = RtmpServer.start(
                RtmpConfig.on("127.0.0.1", 0),
                request -> new PublishVerdict.Accepted(
                        request.app().equals("platform")
                                ? platform.open(request.key())
                                : lives.open("show").openHost()));
        live = lives.open("show");
        live.addListener(new LiveListener() {
            @Override
            public void onEnded(String showId, String reason) {
                news.add(reason);
            }
        });
        live.targets().add(new TargetSpec("t", "t", null, "rtmp://127.0.0.1:" + server.port() + "/platform/key"));
    }

    private void publish() throws IOException {
        Path clip = Clips.houseFile(6);
        encoder = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "quiet",
                        "-re",
                        "-stream_loop",
                        "-1",
                        "-i",
                        clip.toString(),
                        "-c",
                        "copy",
                        "-f",
                        "flv",
                        "rtmp://127.0.0.1:" + server.port() + "/live/key")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void stop() {
        if (encoder != null) {
            Tools.stop(encoder);
        }
        if (lives != null) {
            lives.close();
            server.close();
        }
    }

    private void awaitMedia(int epoch, long millis) {
        await().atMost(PATIENCE)
                .until(() -> live.mediaTime()
                        .filter(now -> now.epoch() == epoch && now.millis() >= millis)
                        .isPresent());
    }

    private void awaitTarget() {
        await().atMost(PATIENCE).until(() -> platform.count("key").keyFrames() > 0);
    }

    private String playlist() throws InterruptedException {
        return live.hls("index.m3u8")
                .map(found -> new String(found.bytes(), StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Stores all that the playlist names. */
    private Path download(String playlist) throws Exception {
        Path target = Files.createDirectories(folder.resolve("window"));
        Matcher names = Pattern.compile("(?m)^(?:#EXT-X-MAP:URI=\"([^\"]+)\".*|([^#].*))$")
                .matcher(playlist);
        while (names.find()) {
            String name = names.group(1) == null ? names.group(2) : names.group(1);
            Files.write(target.resolve(name), live.hls(name).orElseThrow().bytes());
        }
        return Files.writeString(target.resolve("index.m3u8"), playlist);
    }

    @Test
    void hostThatReturnsWithinTheGap_losesNobody() throws Exception {
        start(Duration.ofSeconds(30));
        publish();
        awaitTarget();
        awaitMedia(0, 4000);
        encoder.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> live.stats().phase() == LivePhase.GAP);
        long left = live.mediaTime().orElseThrow().millis();
        awaitMedia(0, left + 3500);
        long sentBefore = platform.count("key").units();
        assertThat(live.stats().hostConnected()).isFalse();
        publish();
        await().atMost(PATIENCE).until(() -> live.stats().phase() == LivePhase.ON_AIR);
        long back = live.mediaTime().orElseThrow().millis();
        awaitMedia(0, back + 3500);
        assertThat(platform.count("key").sessions()).isEqualTo(1);
        assertThat(platform.count("key").units()).isGreaterThan(sentBefore);
        lives.end("show");
        await().atMost(PATIENCE).until(() -> playlist().contains("#EXT-X-ENDLIST"));
        String playlist = playlist();
        assertThat(Pattern.compile("(?m)^#EXT-X-DISCONTINUITY$")
                        .matcher(playlist)
                        .results())
                .hasSize(2);
        assertThat(Programs.complaints(download(playlist))).isEmpty();
        assertRecorded(back + 3500);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(news).containsExactly("the live was ended"));
    }

    private void assertRecorded(long atLeastMillis) throws IOException {
        Recordings recordings = lives.recordings().orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> recordings.find("show", 0).orElseThrow().state() == RecordingState.READY);
        assertThat(recordings.list("show")).hasSize(1);
        Recording recording = recordings.list("show").getFirst();
        assertThat(recording.millis()).isGreaterThan(atLeastMillis - 500);
        assertThat(recording.downloads()).containsExactly("recording.mp4");
        Path files = folder.resolve("recordings/show/0");
        assertThat(Files.readString(files.resolve("index.m3u8")).split("#EXT-X-DISCONTINUITY\n"))
                .hasSize(3);
        assertThat(Programs.complaints(files.resolve("index.m3u8"))).isEmpty();
        assertThat(Programs.complaints(files.resolve("recording.mp4"))).isEmpty();
        assertThat(Programs.seconds(files.resolve("recording.mp4")) * 1000)
                .isCloseTo(recording.millis(), org.assertj.core.data.Offset.offset(150.0));
    }

    @Test
    void hostThatStaysAway_endsTheLiveAndTheNextOneBeginsByItself() throws Exception {
        start(Duration.ofSeconds(2));
        publish();
        awaitTarget();
        awaitMedia(0, 3000);
        encoder.destroyForcibly().waitFor();
        await().atMost(PATIENCE).until(() -> live.stats().phase() == LivePhase.ENDED);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(news).containsExactly("the host was gone for 2 s"));
        assertThat(live.stats().endedReason()).isEqualTo("the host was gone for 2 s");
        await().atMost(PATIENCE).until(() -> playlist().contains("#EXT-X-ENDLIST"));
        await().atMost(PATIENCE).until(() -> !platform.count("key").connected());
        publish();
        awaitMedia(1, 2500);
        await().atMost(PATIENCE).until(() -> platform.count("key").sessions() == 2);
        assertThat(playlist()).contains("#EXTINF").doesNotContain("#EXT-X-ENDLIST");
        Recordings recordings = lives.recordings().orElseThrow();
        assertThat(recordings.list("show")).extracting(Recording::epoch).containsExactly(0, 1);
        await().atMost(PATIENCE)
                .until(() -> recordings.find("show", 0).orElseThrow().state() == RecordingState.READY);
    }
}
