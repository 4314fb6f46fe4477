package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that records is killed without a word: what is left? */
class RecordingCrashTest {

    private static final long RUN_MILLIS = 3600;

    @TempDir
    Path folder;

    /** The process: sends a clip to a live at its own speed, and prints how far it is. */
    static final class Hub {
        public static void main(String[] arguments) {
            var lives = new LiveStreams(
                    LiveStreamsConfig.standard()
                            .withRecording(new RecordingConfig(Path.of(arguments[0]), Duration.ofDays(1), 0)),
                    Clock.systemUTC());
            StreamSink host = lives.open("show").openHost();
            Clip clip = Clips.house(6);
            long began = System.nanoTime();
            for (MediaUnit unit : clip.units()) {
                long due = began + TimeUnit.MILLISECONDS.toNanos(unit.dtsMillis());
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                host.unit(unit);
                System.out.println(unit.dtsMillis());
            }
        }
    }

    private long killed() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hub.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long reached = 0;
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (reached < RUN_MILLIS) {
                String line = lines.readLine();
                assertThat(line).as("line after %d ms", reached).isNotNull();
                reached = line.matches("\\d+") ? Long.parseLong(line) : reached;
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return reached;
    }

    @Test
    void killedProcess_leavesARecordingThatPlaysToItsLastSecond() throws Exception {
        Clips.houseFile(6);
        long reached = killed();
        Path files = folder.resolve("show/0");
        assertThat(Files.readString(files.resolve("recording.json"))).contains("RECORDING");
        assertThat(Programs.seconds(files.resolve("stream-0.mp4")) * 1000).isGreaterThan(reached - 1000);
        try (var recordings = new Recordings(new RecordingConfig(folder, Duration.ofDays(1), 0), Clock.systemUTC())) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> recordings.find("show", 0).orElseThrow().state() == RecordingState.READY);
            assertThat(recordings.find("show", 0).orElseThrow().millis()).isGreaterThan(reached - 1000);
        }
        for (String name : new String[] {"index.m3u8", "recording.mp4"}) {
            assertThat(Programs.complaints(files.resolve(name))).as(name).isEmpty();
            assertThat(Programs.seconds(files.resolve(name)) * 1000).as(name).isGreaterThan(reached - 1000);
        }
    }
}
