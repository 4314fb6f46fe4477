package dev.weir.simulcast.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Which streams must survive? Made by ffmpeg when a test first asks, and kept under {@code target/clips}.
 *
 * <p>360x640 at 30 pictures a second, a key frame every 2 s unless said otherwise. A white block of 0.1 s and a tone of
 * 1 kHz begin together at every full second. Tests skip where ffmpeg is absent, unless it is required.
 */
public final class Clips {

    /** Added to all times after the jump of {@link #tenHourJump}. */
    public static final long TEN_HOURS_MILLIS = 36_000_000;

    private static final Path FFMPEG = Path.of("/usr/bin/ffmpeg");
    private static final Path FOLDER = Path.of("target", "clips");
    private static final int LONGEST_SECONDS = 120;

    private static final List<String> OBS =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-bf", "2", "-g", "60");
    private static final List<String> HOUSE =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-bf", "0", "-g", "60");
    private static final List<String> SLICED =
            List.of("-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-x264-params", "slices=4");

    private static final List<String> FULL_HD = List.of(
            "-c:v",
            "libx264",
            "-preset",
            "superfast",
            "-profile:v",
            "high",
            "-bf",
            "2",
            "-g",
            "60",
            "-x264-params",
            "nal-hrd=cbr:force-cfr=1",
            "-minrate",
            "6912k");

    private Clips() {}

    /** OBS as it comes: High profile with two B-frames, AAC 44.1 kHz stereo. */
    public static Clip obsDefault(int seconds) {
        return read(obsDefaultFile(seconds));
    }

    /** The file behind {@link #obsDefault}, for programs. */
    public static Path obsDefaultFile(int seconds) {
        return make("obs", seconds, 360, 640, 44_100, 2, OBS);
    }

    /** {@link #obsDefault} for a minute, in 180x320. */
    public static Clip obsMinute() {
        return read(make("obs-180x320", 60, 180, 320, 44_100, 2, OBS));
    }

    /** More than most platforms take: 1080x1920 at a constant 6.9 Mbit/s, with two B-frames, for programs. */
    public static Path fullHdFile(int seconds) {
        return make("full-hd", seconds, 1080, 1920, 44_100, 2, FULL_HD);
    }

    /** What every target takes: Main profile without B-frames, AAC 48 kHz stereo. */
    public static Clip house(int seconds) {
        return read(houseFile(seconds));
    }

    /** The file behind {@link #house}, for programs. */
    public static Path houseFile(int seconds) {
        return make("house", seconds, 360, 640, 48_000, 2, HOUSE);
    }

    /** {@link #obsDefault} in 720x1280, for measurements. */
    public static Clip obsDefaultFullSize(int seconds) {
        return read(make("obs-720x1280", seconds, 720, 1280, 44_100, 2, OBS));
    }

    /** {@link #house} in 640x360, landscape. */
    public static Clip landscape(int seconds) {
        return read(make("landscape", seconds, 640, 360, 48_000, 2, HOUSE));
    }

    /** As x264's zerolatency makes it on several threads: four slices a picture. */
    public static Clip multiSlice(int seconds) {
        return read(make("slices", seconds, 360, 640, 48_000, 2, SLICED));
    }

    /** {@link #house} with AAC 44.1 kHz, one channel. */
    public static Clip mono(int seconds) {
        return read(make("mono", seconds, 360, 640, 44_100, 1, HOUSE));
    }

    /** {@link #house} whose times jump by ten hours at half, without new headers. */
    public static Clip tenHourJump(int seconds) {
        Clip clip = house(seconds);
        long half = seconds * 500L;
        List<MediaUnit> units = new ArrayList<>();
        for (MediaUnit unit : clip.units()) {
            long jump = unit.dtsMillis() < half ? 0 : TEN_HOURS_MILLIS;
            units.add(unit.at(unit.dtsMillis() + jump, unit.ptsMillis() + jump, unit.headers()));
        }
        return new Clip(List.copyOf(units));
    }

    /** {@link #house} that goes on at half with other picture settings and another size, 180x320. */
    public static Clip spsChange(int seconds) {
        Clip small = read(make("house-180x320", seconds, 180, 320, 48_000, 2, HOUSE));
        long half = seconds * 500L / 2000 * 2000;
        return house(seconds)
                .only(unit -> unit.dtsMillis() < half)
                .then(small.only(unit -> unit.dtsMillis() >= half).fromKey(), 20);
    }

    /** {@link #house} whose first two seconds have sound only, and headers that know of no picture. */
    public static Clip audioFirst(int seconds) {
        Clip clip = house(seconds);
        List<MediaUnit> units = new ArrayList<>();
        for (MediaUnit unit : clip.units()) {
            boolean early = unit.dtsMillis() < 2000;
            StreamHeaders full = unit.headers();
            if (early && unit.track() == Track.AUDIO) {
                units.add(unit.at(unit.dtsMillis(), unit.ptsMillis(), new StreamHeaders(1, null, full.audio())));
            } else if (!early) {
                units.add(unit.at(unit.dtsMillis(), unit.ptsMillis(), full.withVersion(2)));
            }
        }
        return new Clip(List.copyOf(units));
    }

    private static Clip read(Path file) {
        try {
            return FlvFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path make(
            String name, int seconds, int width, int height, int sampleRate, int channels, List<String> codec) {
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException("seconds: %d (expected: 1..%d)".formatted(seconds, LONGEST_SECONDS));
        }
        Path file = FOLDER.resolve(name + "-" + seconds + ".flv");
        if (Files.exists(file)) {
            return file;
        }
        requireFfmpeg();
        String size = "%dx%d".formatted(width, height);
        String block = ",drawbox=w=iw/2:h=ih/4:t=fill:c=";
        String picture =
                "testsrc2=size=" + size + ":rate=30" + block + "black" + block + "white:enable='lt(mod(t\\,1)\\,0.1)'";
        String tone = "0.5*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.1)";
        String sound = "aevalsrc='"
                + String.join(
                        "|", IntStream.range(0, channels).mapToObj(i -> tone).toList()) + "':s=" + sampleRate;
        int kbps = Math.max(300, width * height / 300);
        List<String> command = new ArrayList<>(List.of(FFMPEG.toString(), "-v", "error", "-y"));
        command.addAll(List.of("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, "-t", "" + seconds));
        command.addAll(codec);
        command.addAll(List.of("-pix_fmt", "yuv420p", "-b:v", kbps + "k", "-maxrate", kbps + "k"));
        command.addAll(
                List.of("-bufsize", kbps + "k", "-keyint_min", "60", "-c:a", "aac", "-b:a", "128k", "-f", "flv"));
        run(command, file);
        return file;
    }

    private static void run(List<String> command, Path file) {
        try {
            Files.createDirectories(FOLDER);
            Path draft = Files.createTempFile(FOLDER, "draft", ".flv");
            command.add(draft.toString());
            Process process = new ProcessBuilder(command).inheritIO().start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("ffmpeg made no " + file);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ffmpeg made " + file, e);
        }
    }

    private static void requireFfmpeg() {
        if (!Files.isExecutable(FFMPEG)) {
            if ("true".equals(System.getenv("WEIR_REQUIRE_TOOLS"))) {
                fail(FFMPEG + " is required here");
            }
            assumeTrue(false, FFMPEG + " is not installed: this story is skipped");
        }
    }
}
