package dev.weir.bench.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is streamed in a measurement? A clip that is made once and kept in the temporary folder: moving test picture of
 * 720x1280 at 30 frames a second with a {@link ClockStrip}, key frame every 2 s, H.264 by x264, and a tone in AAC.
 *
 * @param kilobits of the picture a second
 * @param bFrames between two others; 0 as WebRTC wants it, 2 as OBS has it by default
 * @param audioRate 44100 or 48000 samples a second
 * @param seconds length, an even number
 */
public record Clip(int kilobits, int bFrames, int audioRate, int seconds) {

    /** Pictures a second. */
    public static final int FPS = 30;

    /** The house profile: no B-frames, 48 kHz. */
    public static Clip house(int kilobits) {
        return new Clip(kilobits, 0, 48_000, 20);
    }

    /** As OBS sends it when nobody changed its settings. */
    public static Clip obs(int kilobits) {
        return new Clip(kilobits, 2, 44_100, 20);
    }

    /** The clip as FLV; made when it is not there. Needs ffmpeg with x264. */
    public Path flv() throws IOException, InterruptedException {
        return make(
                "flv",
                "repeat-headers=0",
                List.of(
                        "-c:a",
                        "aac",
                        "-b:a",
                        "128k",
                        "-ar",
                        Integer.toString(audioRate),
                        "-flvflags",
                        "no_duration_filesize"));
    }

    /** The same picture with Opus and the codec headers in the stream itself, for servers that take RTP. */
    public Path opus() throws IOException, InterruptedException {
        return make("mkv", "repeat-headers=1", List.of("-c:a", "libopus", "-b:a", "128k", "-ar", "48000"));
    }

    /** Where clips, logs and other files of measurements are. */
    public static Path folder() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), "weir-bench"));
    }

    private Path make(String format, String headers, List<String> audio) throws IOException, InterruptedException {
        String name = String.format(Locale.ROOT, "clip-%dk-b%d-%d-%ds", kilobits, bFrames, audioRate, seconds);
        Path file = folder().resolve(name + "." + format);
        if (Files.exists(file)) {
            return file;
        }
        Path part = folder().resolve(name + "-" + ProcessHandle.current().pid() + "." + format);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-hide_banner", "-nostdin", "-y"));
        Path strip = ClockStrip.write(part.resolveSibling(part.getFileName() + ".gray"), seconds * FPS);
        command.addAll(inputs(strip));
        command.addAll(video(headers));
        command.addAll(audio);
        command.addAll(List.of("-ac", "2", "-t", Integer.toString(seconds), part.toString()));
        Child.start("ffmpeg", folder().resolve(name + ".log"), command).awaitEnd(120);
        Files.delete(strip);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    /** Noise keeps the encoder at its bit rate; a still picture would need a fraction of it. */
    private List<String> inputs(Path strip) {
        String size = ClockStrip.WIDTH + "x" + ClockStrip.HEIGHT;
        return List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "gray",
                "-s",
                size,
                "-r",
                Integer.toString(FPS),
                "-i",
                strip.toString(),
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=720x1280:rate=" + FPS + ",noise=alls=12:allf=t",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=" + audioRate);
    }

    private List<String> video(String headers) {
        String rate = kilobits + "k";
        return List.of(
                "-filter_complex",
                "[1:v][0:v]overlay=%d:%d[v]".formatted(ClockStrip.LEFT, ClockStrip.TOP),
                "-map",
                "[v]",
                "-map",
                "2:a",
                "-c:v",
                "libx264",
                "-preset",
                "superfast",
                "-pix_fmt",
                "yuv420p",
                "-profile:v",
                bFrames > 0 ? "high" : "main",
                "-b:v",
                rate,
                "-minrate",
                rate,
                "-maxrate",
                rate,
                "-bufsize",
                rate,
                "-g",
                Integer.toString(2 * FPS),
                "-keyint_min",
                Integer.toString(2 * FPS),
                "-sc_threshold",
                "0",
                "-bf",
                Integer.toString(bFrames),
                "-x264-params",
                "sliced-threads=0:" + headers);
    }
}
