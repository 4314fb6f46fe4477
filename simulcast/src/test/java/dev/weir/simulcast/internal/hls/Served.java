package dev.weir.simulcast.internal.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.simulcast.HlsResource;
import dev.weir.simulcast.testing.Clip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A packager's window filled from a clip, read as a player reads it. */
final class Served {

    static final long EPOCH_MILLIS = Instant.parse("2026-11-24T10:00:00.000Z").toEpochMilli();

    final HlsWindow window = new HlsWindow(EPOCH_MILLIS);
    private long now = EPOCH_MILLIS;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    final Segmenter segmenter = new Segmenter(window, clock);

    /** Packages the clip as if it arrived at its own speed. */
    static Served of(Clip clip) {
        var served = new Served();
        served.feed(clip);
        served.segmenter.end();
        return served;
    }

    void feed(Clip clip) {
        clip.units().forEach(unit -> {
            now = EPOCH_MILLIS + unit.dtsMillis();
            segmenter.accept(unit);
        });
    }

    byte[] bytes(String name) {
        try {
            return window.find(name, Duration.ZERO)
                    .map(HlsResource::bytes)
                    .orElseThrow(() -> new AssertionError(name + " is not served"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String playlist() {
        return new String(bytes(HlsWindow.PLAYLIST), StandardCharsets.UTF_8);
    }

    String cdn() {
        return new String(bytes(HlsWindow.CDN_PLAYLIST), StandardCharsets.UTF_8);
    }

    static List<String> all(String text, String regex) {
        Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** The files of each range between discontinuities, one after the other, its init first. */
    List<Path> ranges(Path folder, String playlist) throws IOException {
        List<Path> files = new ArrayList<>();
        String init = "";
        for (String range : playlist.split("#EXT-X-DISCONTINUITY\n")) {
            List<String> inits = all(range, "MAP:URI=\"([^\"]+)\"");
            init = inits.isEmpty() ? init : inits.getFirst();
            List<String> names = new ArrayList<>(List.of(init));
            names.addAll(all(range, "^([a-z0-9.-]+\\.m4s)$"));
            files.add(joined(folder.resolve("range-" + files.size() + ".mp4"), names));
        }
        return files;
    }

    Path joined(Path file, List<String> names) throws IOException {
        var out = new ByteArrayOutputStream();
        for (String name : names) {
            out.write(bytes(name));
        }
        return Files.write(file, out.toByteArray());
    }

    /** Pictures that ffmpeg decodes from the files; it must not complain about anything. */
    static long pictures(List<Path> files) throws IOException, InterruptedException {
        return count(files, "v");
    }

    /** Sound frames, in the same way. */
    static long sounds(List<Path> files) throws IOException, InterruptedException {
        return count(files, "a");
    }

    /** When a picture is to be decoded and shown. */
    record Times(long dtsMillis, long ptsMillis) {}

    /** Times of the pictures as a demuxer that is not ours reads them, in the order of the file. */
    static List<Times> times(Path file) throws IOException, InterruptedException {
        return entries(file, "packet=dts_time,pts_time").stream()
                .map(line -> new Times(millis(line, "dts_time"), millis(line, "pts_time")))
                .toList();
    }

    /** When a decoder that is not ours shows the pictures, in its order. */
    static List<Long> shown(Path file) throws IOException, InterruptedException {
        return entries(file, "frame=pts_time").stream()
                .map(line -> millis(line, "pts_time"))
                .toList();
    }

    private static List<String> entries(Path file, String what) throws IOException, InterruptedException {
        String out = run(
                "ffprobe",
                "-v",
                "warning",
                "-select_streams",
                "v",
                "-show_entries",
                what,
                "-of",
                "compact",
                file.toString());
        return out.lines().filter(line -> line.contains("time=")).toList();
    }

    private static long millis(String line, String name) {
        return Math.round(
                1000 * Double.parseDouble(all(line, name + "=([\\d.-]+)").getFirst()));
    }

    private static long count(List<Path> files, String kind) throws IOException, InterruptedException {
        long sum = 0;
        for (Path file : files) {
            String out = run(
                    "ffprobe",
                    "-v",
                    "warning",
                    "-count_frames",
                    "-select_streams",
                    kind,
                    "-show_entries",
                    "stream=nb_read_frames",
                    "-of",
                    "csv=p=0",
                    file.toString());
            assertThat(out).matches("[\\d,\\s]*");
            sum += all(out, "^(\\d+)").stream().mapToLong(Long::parseLong).sum();
        }
        return sum;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var out = CompletableFuture.supplyAsync(() -> text(process));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(out.join()).isZero();
            return out.join();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
