package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.internal.bucket.StrictS3;
import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings on their way into a bucket, over its bad days and the hub's restarts. */
class RecordingBucketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "lives/show/0/";

    @TempDir
    Path folder;

    private final StrictS3 s3 = new StrictS3();
    private Recordings recordings;

    private Recordings open(Path dir, InstantSource clock) {
        return new Recordings(new RecordingConfig(dir, Duration.ofDays(30), 0).withBucket(s3.config("lives")), clock);
    }

    /** A live is recorded, without a bucket, so that each test begins with a complete recording. */
    @BeforeEach
    void record() {
        var config = LiveStreamsConfig.standard().withRecording(new RecordingConfig(folder, Duration.ofDays(30), 0));
        try (var lives = new LiveStreams(config, Clock.systemUTC())) {
            Clip clip = Clips.house(6);
            clip.only(unit -> unit.dtsMillis() < 2500).feed(lives.open("show").openHost());
            lives.end("show");
            Recordings local = lives.recordings().orElseThrow();
            await().atMost(PATIENCE)
                    .until(() -> local.find("show", 0)
                            .filter(found -> found.state() == RecordingState.READY)
                            .isPresent());
        }
    }

    @AfterEach
    void stop() {
        if (recordings != null) {
            recordings.close();
        }
        s3.close();
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("show/0"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void awaitKept() {
        await().atMost(PATIENCE).until(() -> recordings.waiting().isEmpty());
    }

    private String playlist() throws IOException {
        try (InputStream body = recordings
                .open("show", 0, Recording.PLAYLIST, 0, Long.MAX_VALUE)
                .orElseThrow()
                .body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void complete_isPlayedFromTheBucket_andListedFromTheDisk() throws Exception {
        List<String> before = onDisk();
        String written = Files.readString(folder.resolve("show/0/index.m3u8"));
        recordings = open(folder, Clock.systemUTC());
        awaitKept();
        assertThat(onDisk()).containsExactly("recording.json");
        assertThat(s3.keys())
                .containsExactlyElementsOf(
                        before.stream().map(name -> KEY + name).toList());
        assertThat(playlist()).isEqualTo(written);
        assertThat(recordings.anchors("show", 0)).isNotEmpty();
        s3.down = true;
        assertThat(recordings.list("show")).hasSize(1);
        assertThat(recordings.nextEpoch("show")).isEqualTo(1);
    }

    @Test
    void bucketThatIsDown_losesNothing_andSaysSo() throws Exception {
        s3.down = true;
        List<String> before = onDisk();
        recordings = open(folder, Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> recordings.waiting().getFirst().failures() > 0);
        WaitingRecording waiting = recordings.waiting().getFirst();
        assertThat(waiting.bytes()).isPositive();
        assertThat(waiting.error()).contains("bucket shows");
        assertThat(onDisk()).isEqualTo(before);
        assertThat(playlist()).contains("#EXT-X-ENDLIST");
        recordings.close();
        s3.down = false;
        recordings = open(folder, Clock.systemUTC());
        awaitKept();
        assertThat(onDisk()).containsExactly("recording.json");
        assertThat(playlist()).contains("#EXT-X-ENDLIST");
    }

    @Test
    void newMachine_findsWhatTheBucketHas_andCountsOn() throws Exception {
        recordings = open(folder, Clock.systemUTC());
        awaitKept();
        recordings.close();
        Path fresh = folder.resolve("fresh");
        recordings = open(fresh, Clock.systemUTC());
        assertThat(recordings.nextEpoch("show")).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> recordings.list("show").size() == 1);
        assertThat(recordings.list("show").getFirst().state()).isEqualTo(RecordingState.READY);
        assertThat(playlist()).contains("#EXT-X-ENDLIST");
    }

    @Test
    void expired_isDeletedInTheBucket_butNotWhileTheBucketIsDown() throws Exception {
        recordings = open(folder, Clock.systemUTC());
        awaitKept();
        recordings.close();
        recordings = open(folder, () -> Instant.now().plus(Duration.ofDays(40)));
        s3.down = true;
        assertThat(recordings.sweep()).isZero();
        assertThat(recordings.list("show")).hasSize(1);
        s3.down = false;
        assertThat(recordings.sweep()).isEqualTo(1);
        assertThat(recordings.list("show")).isEmpty();
        assertThat(s3.keys()).as("but its number").containsExactly(KEY);
        assertThat(recordings.nextEpoch("show")).isEqualTo(1);
    }

    @Test
    void deletedWhileItWaits_isNotSent() throws Exception {
        s3.breaksAtPart = 1;
        s3.down = true;
        recordings = open(folder, Clock.systemUTC());
        await().atMost(PATIENCE).until(() -> recordings.waiting().getFirst().failures() > 0);
        s3.down = false;
        assertThat(recordings.delete("show", 0)).isTrue();
        assertThat(recordings.waiting()).isEmpty();
        assertThat(recordings.list("show")).isEmpty();
        assertThat(s3.keys()).noneMatch(key -> key.endsWith(".mp4"));
    }
}
