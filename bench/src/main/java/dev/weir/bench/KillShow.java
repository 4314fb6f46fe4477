package dev.weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.bench.rig.Child;
import dev.weir.bench.rig.Clip;
import dev.weir.bench.rig.FlvClip;
import dev.weir.bench.rig.Machine;
import dev.weir.bench.rig.Options;
import dev.weir.bench.rig.Publisher;
import dev.weir.bench.rig.Rig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What is lost when the process is killed in mid-show? The engine runs alone in a process, with a recording and targets
 * in another one; kill -9 ends it, then it is started again on the same ports. The anchor is MediaMTX, whose parts of
 * 1 s by default are what a crash may cost there.
 *
 * <p>Usage: {@code KillShow [kills=3] [seconds=20] [targets=2] [kilobits=3000]}.
 */
public final class KillShow {
    private static final String LIVE = "show";
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final PrintStream out;
    private final Rig sinks;
    private final int targets;

    private KillShow(PrintStream out, Rig sinks, int targets) {
        this.out = out;
        this.sinks = sinks;
        this.targets = targets;
    }

    /** Kills it so many times and prints what was left. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args, "kills", "seconds", "targets", "kilobits");
        PrintStream out = System.out;
        Clip clip = Clip.house(options.number("kilobits", 3000));
        FlvClip tags = FlvClip.read(clip.flv(), clip.seconds());
        out.println(Machine.describe());
        try (Rig sinks = Rig.sinks()) {
            var bench = new KillShow(out, sinks, options.number("targets", 2));
            for (int i = 0; i < options.number("kills", 3); i++) {
                bench.kill(LIVE + i, tags, options.number("seconds", 20));
            }
        }
        System.exit(0);
    }

    private void kill(String live, FlvClip tags, int seconds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Clip.folder(), "recordings");
        Rig first = start(folder, 0, 0);
        try (Publisher host = Publisher.start(first.rtmp(live), tags, (tag, shown) -> {})) {
            TimeUnit.SECONDS.sleep(seconds);
            // A kill at any moment: neither at a key frame nor at the end of a fragment.
            TimeUnit.MILLISECONDS.sleep(System.nanoTime() % 2000);
            first.kill();
            long sent = host.sentMillis();
            recording(folder, sent);
            long gone = System.nanoTime();
            try (Rig second = start(folder, first.port("rtmp"), first.port("http"))) {
                out.printf(Locale.ROOT, "  restarted as process %d after %.1f s%n", second.pid(), seconds(gone));
                comeback(live, host, folder, gone);
            }
        } finally {
            first.close();
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void comeback(String live, Publisher host, Path folder, long gone)
            throws IOException, InterruptedException {
        until("the host", () -> host.sessions() > 1);
        out.printf(Locale.ROOT, "  host back after %.1f s%n", seconds(gone));
        for (int i = 0; i < targets; i++) {
            String key = live + "-" + i;
            until(key, () -> returned(key));
        }
        out.printf(Locale.ROOT, "  %d targets receive again after %.1f s%n", targets, seconds(gone));
        until("the finished recording", () -> finished(folder));
        out.printf(Locale.ROOT, "  recording of before finished after %.1f s%n", seconds(gone));
    }

    private Rig start(Path folder, int rtmp, int http) throws IOException, InterruptedException {
        return Rig.start(
                "rtmp=" + rtmp,
                "http=" + http,
                "record=" + folder,
                "targets=" + targets,
                "sink=" + sinks.rtmp("").replaceFirst("/$", ""));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void recording(Path folder, long sent) throws IOException, InterruptedException {
        Path film = find(folder, "stream-0.mp4");
        Path log = Clip.folder().resolve("ffprobe.log");
        String packets = Child.output(
                "ffprobe",
                log,
                List.of(
                        "ffprobe",
                        "-v",
                        "error",
                        "-select_streams",
                        "v",
                        "-show_entries",
                        "packet=pts_time",
                        "-of",
                        "csv=p=0",
                        film.toString()));
        double[] times = packets.lines()
                .map(line -> line.replace(",", "").strip())
                .filter(line -> line.matches("[\\d.]+"))
                .mapToDouble(Double::parseDouble)
                .sorted()
                .toArray();
        double recorded = times.length == 0 ? 0 : times[times.length - 1] - times[0];
        String complaints = Child.output(
                "ffmpeg",
                log,
                List.of("ffmpeg", "-v", "error", "-nostdin", "-xerror", "-i", film.toString(), "-f", "null", "-"));
        out.printf(
                Locale.ROOT,
                "killed: %.2f s sent, %.2f s on disk and playable, %.2f s lost (asked: 1); decoding complains: %s%n",
                sent / 1000.0,
                recorded,
                sent / 1000.0 - recorded,
                complaints.isBlank() ? "no" : complaints.strip());
    }

    private static Path find(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name))
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new IOException("%s: none below %s".formatted(name, folder)));
        }
    }

    private static boolean finished(Path folder) throws IOException {
        return Files.exists(find(folder, "stream-0.mp4").resolveSibling("recording.mp4"));
    }

    private boolean returned(String key) throws IOException, InterruptedException {
        JsonNode count = sinks.figures().path(key);
        return count.path("sessions").asInt() > 1 && count.path("connected").asBoolean();
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static void until(String what, Condition condition) throws IOException, InterruptedException {
        long began = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new IOException(what + ": not back (expected: within 60 s)");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }
}
