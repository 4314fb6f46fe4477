package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.simulcast.testing.Clip;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel is asked for while a live is recorded: is it on the disk, and not only in memory? */
class RecordingDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SHOW = "show/0";

    @TempDir
    Path folder;

    /** The process that is watched: records a clip at its own speed to its end. */
    static final class Hub {
        public static void main(String[] arguments) throws Exception {
            var lives = new LiveStreams(
                    LiveStreamsConfig.standard()
                            .withRecording(new RecordingConfig(Path.of(arguments[0]), Duration.ofDays(1), 0)),
                    Clock.systemUTC());
            try (lives) {
                StreamSink host = lives.open("show").openHost();
                Clip clip = Clips.house(6);
                long began = System.nanoTime();
                for (MediaUnit unit : clip.units()) {
                    long due = began + TimeUnit.MILLISECONDS.toNanos(unit.dtsMillis());
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    host.unit(unit);
                }
                lives.end("show");
                Recordings recordings = lives.recordings().orElseThrow();
                await().atMost(PATIENCE)
                        .until(() -> recordings.find("show", 0).orElseThrow().state() == RecordingState.READY);
            }
        }
    }

    /** One call that the kernel was asked for. */
    private record Call(String name, String path) {}

    private List<Call> watched() throws IOException, InterruptedException {
        Path strace = Tools.find("strace").orElse(Path.of("strace"));
        Tools.require(Tools.find("strace").isPresent(), "strace");
        Assumptions.assumeTrue(mayTrace(strace), "this machine lets no process watch another");
        Clips.houseFile(6);
        Path log = folder.resolve("calls");
        Process process = new ProcessBuilder(
                        strace.toString(),
                        "-f",
                        "--seccomp-bpf",
                        "-y",
                        "-s",
                        "0",
                        "-e",
                        "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2",
                        "-o",
                        log.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hub.class.getName(),
                        folder.resolve("recordings").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return calls(Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static boolean mayTrace(Path strace) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(strace.toString(), "-f", "--seccomp-bpf", "-o", "/dev/null", "/bin/true")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private List<Call> calls(String log) {
        String root = Pattern.quote(folder.resolve("recordings").toString());
        Matcher descriptors = Pattern.compile("(?m)^\\d+ +(\\w+)\\((?:\\d+<|[^\\n]*, \")?" + root + "/?([^>\"]*)[>\"]")
                .matcher(log.replaceAll("rename(?:at2?)?\\([^,]*, ", "rename(0, "));
        List<Call> calls = new ArrayList<>();
        while (descriptors.find()) {
            calls.add(new Call(descriptors.group(1), descriptors.group(2)));
        }
        return calls;
    }

    private static long count(List<Call> calls, String name, String path) {
        return calls.stream().filter(new Call(name, path)::equals).count();
    }

    @Test
    void recording_isPutOnTheDiskAsItGrows_andFilesBeforeTheyGetTheirNames() throws Exception {
        List<Call> calls = watched();
        assertThat(calls).as("the folders' names").contains(new Call("fsync", SHOW), new Call("fsync", "show"));
        String stream = SHOW + "/stream-0.mp4";
        assertThat(count(calls, "write", stream)).isGreaterThan(8);
        assertThat(count(calls, "fdatasync", stream)).isGreaterThan(6);
        assertThat(calls.lastIndexOf(new Call("fdatasync", stream)))
                .isGreaterThan(calls.lastIndexOf(new Call("write", stream)));
        for (String name : List.of("recording.json", "index.m3u8", "recording.mp4")) {
            int renamed = calls.indexOf(new Call("rename", SHOW + "/" + name));
            String draft = SHOW + "/" + (name.endsWith(".mp4") ? "draft.mp4" : name + ".draft");
            assertThat(calls.indexOf(new Call("fsync", draft))).as(draft).isBetween(0, renamed - 1);
            assertThat(calls.subList(renamed, calls.size())).as(name).contains(new Call("fsync", SHOW));
        }
    }
}
