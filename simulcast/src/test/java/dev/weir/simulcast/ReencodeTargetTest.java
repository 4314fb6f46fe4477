package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.VideoLimits.Shape;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.NginxRtmp;
import dev.weir.simulcast.testkit.Tools;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A host sends more than some platforms take: what do a server and a prober that are not ours find there? */
@Isolated("it measures how many pictures a busy encoder makes")
class ReencodeTargetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final VideoLimits NARROW = new VideoLimits(2000, 1280, 720, 30, false, 2000, Shape.PORTRAIT);
    private static final VideoLimits LITTLE_WIDER = new VideoLimits(2200, 1280, 720, 60, true, 4000, Shape.ANY);

    @TempDir
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final LiveStreams lives = new LiveStreams(
            TargetPolicy.standard().withTimes(Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(1)),
            clock);
    private final LiveStream live = lives.open("show");
    private final RtmpServer server =
            RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(live.openHost()));
    private NginxRtmp nginx;
    private Process host;

    @BeforeEach
    void start() throws Exception {
        Tools.require(NginxRtmp.available(), "nginx-light and libnginx-mod-rtmp");
        Path film = Clips.fullHdFile(4);
        nginx = NginxRtmp.start(
                "application sink { live on; record all; record_path %s; record_suffix .flv; }".formatted(folder));
        host = new ProcessBuilder(Stream.concat(
                                Stream.of("ffmpeg -v error -nostdin -re -stream_loop -1 -i".split(" ")),
                                Stream.of(film.toString(), "-c", "copy", "-f", "flv", hostUrl()))
                        .toList())
                .inheritIO()
                .start();
    }

    private String hostUrl() {
        return "rtmp://127.0.0.1:%d/live/key".formatted(server.port());
    }

    @AfterEach
    void stop() {
        if (host != null) {
            Tools.stop(host);
        }
        lives.close();
        server.close();
        if (nginx != null) {
            nginx.close();
        }
    }

    private void add(String id, VideoLimits limits, TargetFit fit) {
        live.targets().add(new TargetSpec(id, id, null, nginx.url("sink", id), limits, fit));
    }

    private void awaitBytes(String name, long bytes) {
        await().atMost(PATIENCE).until(() -> nginx.bytesIn().getOrDefault(name, 0L) > bytes);
    }

    private TargetStatus status(String id) {
        return live.targets().find(id).orElseThrow().status();
    }

    /** What nginx wrote of one name, once the target is gone. */
    private Recorded taken(String name) throws Exception {
        Path file = folder.resolve(name + ".flv");
        await().atMost(PATIENCE).until(() -> !nginx.bytesIn().containsKey(name));
        return Recorded.probe(file);
    }

    @Test
    void targetsWithLimits_shareOneEncodeAndAThirdGetsTheCopy() throws Exception {
        add("narrow", NARROW, TargetFit.REENCODE);
        add("wider", LITTLE_WIDER, TargetFit.REENCODE);
        add("copy", NARROW, TargetFit.AS_IS);
        awaitBytes("narrow", 1_200_000);
        awaitBytes("wider", 1_000_000);
        awaitBytes("copy", 3_000_000);

        assertThat(encoders()).isEqualTo(1);
        assertThat(status("narrow").misfits()).isEmpty();
        assertThat(status("copy").misfits()).extracting(Misfit::what).contains("bitrate", "picture size", "B-frames");
        for (String id : List.of("narrow", "wider", "copy")) {
            assertThat(status(id).state()).isEqualTo(TargetState.LIVE);
            live.targets().remove(id);
        }
        for (String id : List.of("narrow", "wider")) {
            Recorded got = taken(id);
            assertThat(got.stream("video")).containsEntry("width", "720").containsEntry("height", "1280");
            assertThat(got.stream("video")).containsEntry("profile", "High").containsEntry("has_b_frames", "0");
            assertThat(got.stream("audio")).containsEntry("codec_name", "aac");
            assertThat(got.kbps()).isBetween(900.0, NARROW.maxKbps() * 1.05);
            got.assertInOrder();
            assertThat(got.keyFrameGaps()).allMatch(seconds -> seconds <= NARROW.maxGopMillis() / 1000.0 + 0.05);
            assertThat(got.picturesPerSecond()).isBetween(20.0, 31.0);
        }
        Recorded copy = taken("copy");
        assertThat(copy.stream("video")).containsEntry("width", "1080").containsEntry("height", "1920");
        assertThat(copy.kbps()).isGreaterThan(5000);
        copy.assertInOrder();
    }

    @Test
    void encode_followsItsTargetsWhileLive() throws Exception {
        add("first", NARROW, TargetFit.REENCODE);
        awaitBytes("first", 300_000);
        add("second", NARROW, TargetFit.REENCODE);
        awaitBytes("second", 200_000);
        assertThat(encoders()).isEqualTo(1);
        assertThat(status("first").reconnects()).isZero();

        live.targets().rekey("first", nginx.url("sink", "other"));
        awaitBytes("other", 200_000);
        live.targets().remove("second");
        long before = status("first").bytes();
        await().atMost(PATIENCE).until(() -> status("first").bytes() > before + 300_000);
        assertThat(encoders()).isEqualTo(1);

        live.targets()
                .replace(new TargetSpec("first", "first", null, nginx.url("sink", "plain"), NARROW, TargetFit.AS_IS));
        awaitBytes("plain", 1_000_000);
        await().atMost(PATIENCE).until(() -> encoders() == 0);
        live.targets().remove("first");
        assertThat(taken("plain").stream("video")).containsEntry("width", "1080");
        Recorded other = taken("other");
        assertThat(other.stream("video")).containsEntry("width", "720");
        other.assertInOrder();
    }

    private static long encoders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rendition-limited"))
                .count();
    }
}
