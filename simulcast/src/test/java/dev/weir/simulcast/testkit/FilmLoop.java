package dev.weir.simulcast.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A film of the house profile made by ffmpeg, and the processes that publish it in a loop at its own speed. */
public final class FilmLoop implements AutoCloseable {

    private final Path folder;
    private final Path file;

    private FilmLoop(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("clip.flv");
    }

    /** True when Debian's ffmpeg is installed. */
    public static boolean available() {
        return Tools.find("ffmpeg").isPresent();
    }

    /** Makes 12 s of 720x1280 at 30 frames a second, 3.1 Mbit/s H.264 and AAC together, key frame every 2 s. */
    public static FilmLoop make() throws IOException, InterruptedException {
        var clip = new FilmLoop(Files.createTempDirectory("weir-clip"));
        String arguments = "-f lavfi -i testsrc2=s=720x1280:r=30,noise=alls=20:allf=t -f lavfi -i sine=f=440:r=48000"
                + " -t 12 -c:v libx264 -preset ultrafast -profile:v baseline -b:v 2950k -minrate 2950k"
                + " -maxrate 2950k -bufsize 1500k -g 60 -keyint_min 60 -sc_threshold 0 -pix_fmt yuv420p"
                + " -c:a aac -b:a 128k -ac 2 " + clip.file;
        Process process = ffmpeg(List.of(arguments.split(" ")));
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            Tools.stop(process);
            throw new IOException("ffmpeg: made no clip (expected: one within 60 s)");
        }
        return clip;
    }

    /** Publishes it to one address until it is stopped. */
    public Process publish(String url) throws IOException {
        return output(List.of("-f", "flv", url));
    }

    /** Plays it in a loop at its own speed into these outputs, copied. */
    public Process output(List<String> outputs) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-re", "-stream_loop", "-1", "-i", file.toString(), "-map", "0", "-c", "copy"));
        arguments.addAll(outputs);
        return ffmpeg(arguments);
    }

    private static Process ffmpeg(List<String> arguments) throws IOException {
        return builder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Runs ffmpeg with its standard output to be read. */
    static Process ffmpeg(List<String> input, List<String> before, List<String> output) throws IOException {
        List<String> arguments = new ArrayList<>(before);
        arguments.addAll(input);
        arguments.addAll(output);
        return builder(arguments).start();
    }

    private static ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Tools.find("ffmpeg").orElseThrow().toString(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    @Override
    public void close() {
        Tools.delete(folder);
    }
}
