package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk while a live runs, after it has ended, and after a crash. */
class RecordingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final InstantSource CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private LiveStreams lives;

    private LiveStream record(Path dir, long minFreeBytes) {
        lives = new LiveStreams(
                LiveStreamsConfig.standard().withRecording(new RecordingConfig(dir, Duration.ofDays(30), minFreeBytes)),
                CLOCK);
        return lives.open("show");
    }

    private LiveStream record() {
        return record(folder, 0);
    }

    @AfterEach
    void stop() {
        if (lives != null) {
            lives.close();
        }
    }

    private static Recording status(LiveStream live) {
        return java.util.Objects.requireNonNull(live.stats().recording());
    }

    /** Sends all of it as fast as the disk takes it, so that no queue on the way overflows. */
    private static void feed(LiveStream live, Clip clip) {
        StreamSink host = live.openHost();
        long sent = 0;
        for (MediaUnit unit : clip.units()) {
            host.unit(unit);
            if (++sent % 25 == 0) {
                await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> behind(live) < 1000);
            }
        }
    }

    private static long behind(LiveStream live) {
        return live.mediaTime().orElseThrow().millis() - status(live).millis();
    }

    private Recording ended(Clip clip) {
        LiveStream live = record();
        feed(live, clip);
        lives.end("show");
        return ready(lives.recordings().orElseThrow());
    }

    private static Recording ready(Recordings recordings) {
        await().atMost(PATIENCE)
                .until(() -> recordings
                        .find("show", 0)
                        .filter(found -> found.state() == RecordingState.READY)
                        .isPresent());
        try {
            return recordings.find("show", 0).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(String name) {
        return folder.resolve("show/0").resolve(name);
    }

    private String playlist() throws IOException {
        return Files.readString(file(Recording.PLAYLIST));
    }

    private static long count(String text, String line) {
        return Pattern.compile("(?m)^" + line).matcher(text).results().count();
    }

    @Test
    void endedLive_isPlayedByPlaylistAndByOneFile() throws Exception {
        Clip clip = Clips.obsDefault(6);
        Recording recording = ended(clip);
        assertThat(recording.reason()).isNull();
        assertThat(recording.millis()).isBetween(5900L, 6100L);
        assertThat(recording.downloads()).containsExactly("recording.mp4");
        assertThat(playlist()).contains("#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-ENDLIST", "#EXT-X-PROGRAM-DATE-TIME:20");
        assertThat(count(playlist(), "#EXTINF")).isEqualTo(3);
        for (String name : List.of(Recording.PLAYLIST, "recording.mp4", "stream-0.mp4")) {
            assertThat(Programs.complaints(file(name))).as(name).isEmpty();
            assertThat(Programs.packets(file(name))).as(name).containsEntry("video", 180);
            assertThat(Programs.packets(file(name)).get("audio")).as(name).isBetween(255, 260);
            assertThat(Programs.seconds(file(name))).as(name).isBetween(5.9, 6.2);
        }
        byte[] head = Files.readAllBytes(file("recording.mp4"));
        String start = new String(head, 0, Math.min(head.length, 64), StandardCharsets.ISO_8859_1);
        assertThat(start).contains("ftyp", "moov");
    }

    @Test
    void otherCodecs_goOnInAnotherFileOfTheSamePlaylist() throws Exception {
        Recording recording = ended(Clips.spsChange(8));
        assertThat(recording.downloads()).containsExactly("recording.mp4", "recording-1.mp4");
        assertThat(recording.reason()).startsWith("in 2 files, because");
        assertThat(count(playlist(), "#EXT-X-MAP")).isEqualTo(2);
        assertThat(count(playlist(), "#EXT-X-DISCONTINUITY")).isEqualTo(1);
        // ffmpeg's HLS reader knows no second EXT-X-MAP, so the files are tried one by one.
        assertThat(Programs.complaints(file("recording.mp4"))).isEmpty();
        assertThat(Programs.complaints(file("recording-1.mp4"))).isEmpty();
        assertThat(Programs.packets(file("recording.mp4"))).containsEntry("video", 120);
        assertThat(Programs.packets(file("recording-1.mp4"))).containsEntry("video", 120);
    }

    @Test
    void soundBeforeTheFirstPicture_isRecordedFromItsStart() throws Exception {
        Recording recording = ended(Clips.audioFirst(6));
        assertThat(recording.millis()).isBetween(5900L, 6100L);
        assertThat(count(playlist(), "#EXT-X-DISCONTINUITY")).isZero();
        assertThat(Programs.complaints(file("recording.mp4"))).isEmpty();
        assertThat(Programs.packets(file("recording.mp4")).get("audio")).isBetween(277, 284);
        assertThat(Programs.seconds(file("recording.mp4"))).isBetween(5.9, 6.2);
    }

    @Test
    void tenHourJump_leavesNoHole() throws Exception {
        Recording recording = ended(Clips.tenHourJump(6));
        assertThat(recording.millis()).isBetween(5900L, 6100L);
        assertThat(Programs.complaints(file("recording.mp4"))).isEmpty();
        assertThat(Programs.seconds(file("recording.mp4"))).isBetween(5.9, 6.2);
    }

    private Path crashCopy(String to) throws IOException {
        Path copy = folder.resolve(to);
        try (Stream<Path> files = Files.list(file(""))) {
            Files.createDirectories(copy.resolve("show/0"));
            for (Path from : files.toList()) {
                Files.copy(from, copy.resolve("show/0").resolve(from.getFileName()));
            }
        }
        return copy;
    }

    @Test
    void crashInMidShow_losesLessThanASecond() throws Exception {
        LiveStream live = record();
        Clip clip = Clips.house(6);
        feed(live, clip.only(unit -> unit.dtsMillis() < 5300));
        await().atMost(PATIENCE)
                .until(() -> status(live).millis() > 5200 && Files.size(file("stream-0.mp4")) > 200_000);
        Path copy = crashCopy("crashed");
        Path torn = copy.resolve("show/0/stream-0.mp4");
        assertThat(Programs.seconds(torn)).isGreaterThan(4.5);
        byte[] fragment = Files.readAllBytes(torn);
        Files.write(torn, java.util.Arrays.copyOfRange(fragment, 1500, 4000), StandardOpenOption.APPEND);
        try (var recordings = new Recordings(new RecordingConfig(copy, Duration.ofDays(1), 0), CLOCK)) {
            Recording found = ready(recordings);
            assertThat(found.reason()).contains("stopped");
            assertThat(found.millis()).isGreaterThan(4500);
            Path playlist = copy.resolve("show/0/index.m3u8");
            assertThat(Files.readString(playlist)).contains("#EXT-X-ENDLIST");
            assertThat(Programs.complaints(playlist)).isEmpty();
            assertThat(Programs.seconds(playlist)).isGreaterThan(4.5);
            assertThat(Programs.complaints(copy.resolve("show/0/recording.mp4")))
                    .isEmpty();
            assertThat(recordings.anchors("show", 0)).isNotEmpty();
        }
    }

    @Test
    void rebuiltPlaylist_isTheOneThatWasWritten() throws Exception {
        ended(Clips.spsChange(8));
        String written = playlist();
        Path copy = crashCopy("rebuilt");
        Path notes = copy.resolve("show/0/recording.json");
        Files.writeString(notes, Files.readString(notes).replace("READY", "RECORDING"));
        try (var recordings = new Recordings(new RecordingConfig(copy, Duration.ofDays(1), 0), CLOCK)) {
            ready(recordings);
            String rebuilt = Files.readString(copy.resolve("show/0/index.m3u8"));
            assertThat(ranges(rebuilt)).isEqualTo(ranges(written));
        }
    }

    private static List<String> ranges(String playlist) {
        return playlist.lines()
                .filter(line -> line.contains("BYTERANGE") || line.contains("DISCONTINUITY") || line.endsWith("mp4"))
                .toList();
    }

    @Test
    void epochsAfterARestart_areCountedOn() throws Exception {
        ended(Clips.house(6));
        lives.close();
        LiveStream live = record();
        feed(live, Clips.house(6));
        assertThat(live.mediaTime().orElseThrow().epoch()).isEqualTo(1);
        lives.end("show");
        Recordings recordings = lives.recordings().orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> recordings.list("show").stream().allMatch(found -> found.state() == RecordingState.READY));
        assertThat(recordings.list("show")).extracting(Recording::epoch).containsExactly(0, 1);
    }

    @Test
    void folderThatCannotBeMade_stopsTheRecordingAndNotTheLive() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        LiveStream live = record(file, 0);
        Clips.house(6).feed(live.openHost());
        await().atMost(PATIENCE).until(() -> status(live).reason() != null);
        assertThat(status(live).reason()).contains("not writable");
        assertThat(live.stats().phase()).isEqualTo(LivePhase.ON_AIR);
    }

    @Test
    void fullDisk_stopsTheRecordingAndSaysSo() {
        LiveStream live = record(folder, Long.MAX_VALUE);
        Clips.house(6).feed(live.openHost());
        await().atMost(PATIENCE).until(() -> status(live).reason() != null);
        assertThat(status(live).reason()).contains("MB free (expected: at least");
        assertThat(live.onAir()).isTrue();
    }

    @Test
    void expiredRecordings_areSweptAndOthersStay() throws Exception {
        ended(Clips.house(6));
        InstantSource later = () -> Instant.now().plus(Duration.ofDays(2));
        try (var recordings = new Recordings(new RecordingConfig(folder, Duration.ofDays(3), 0), later)) {
            assertThat(recordings.sweep()).isZero();
        }
        try (var recordings = new Recordings(new RecordingConfig(folder, Duration.ofDays(1), 0), later)) {
            assertThat(recordings.sweep()).isEqualTo(1);
            assertThat(recordings.list("show")).isEmpty();
        }
    }

    @Test
    void files_areReadByRangeAndByTheirNamesOnly() throws Exception {
        ended(Clips.house(6));
        Files.writeString(folder.resolve("secret"), "secret");
        Recordings recordings = lives.recordings().orElseThrow();
        try (var body =
                recordings.open("show", 0, "stream-0.mp4", 4, 4).orElseThrow().body()) {
            assertThat(body.readAllBytes()).asString().isEqualTo("ftyp");
        }
        var past =
                recordings.open("show", 0, "stream-0.mp4", Long.MAX_VALUE, 10).orElseThrow();
        assertThat(past.length()).isZero();
        past.body().close();
        assertThat(recordings.open("show", 0, "../../secret", 0, 10)).isEmpty();
        assertThat(recordings.open("show", 0, "nothing", 0, 10)).isEmpty();
        assertThat(recordings.open("..", 0, "nothing", 0, 10)).isEmpty();
        assertThat(recordings.delete("show", 0)).isTrue();
        assertThat(recordings.delete("show", 0)).isFalse();
    }
}
