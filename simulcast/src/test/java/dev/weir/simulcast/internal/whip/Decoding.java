package dev.weir.simulcast.internal.whip;

import dev.weir.simulcast.AudioHeader;
import dev.weir.simulcast.MediaUnit;
import dev.weir.simulcast.StreamHeaders;
import dev.weir.simulcast.Track;
import dev.weir.simulcast.VideoHeader;
import dev.weir.simulcast.internal.ffmpeg.AvOutput;
import dev.weir.simulcast.internal.ffmpeg.CodecSetups;
import dev.weir.simulcast.internal.ffmpeg.NativeException;
import dev.weir.simulcast.internal.ffmpeg.NativeGuard;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What does a decoder that is not ours make of these units? */
final class Decoding {

    private Decoding() {}

    /** Complaints of Debian's ffmpeg over picture and sound; empty when there are none. */
    static String complaints(List<MediaUnit> units, Path folder) throws Exception {
        Path ffmpeg = Tools.find("ffmpeg").orElse(Path.of(""));
        Tools.require(!ffmpeg.toString().isEmpty(), "ffmpeg");
        Path film = folder.resolve("received.mkv");
        write(units, film);
        String decode = ffmpeg + " -v warning -i " + film + " -fps_mode passthrough -enc_time_base -1 -f null -";
        return run(List.of(decode.split(" ")));
    }

    private static void write(List<MediaUnit> units, Path film) throws NativeException {
        StreamHeaders headers = units.getLast().headers();
        VideoHeader video = Objects.requireNonNull(headers.video());
        AudioHeader audio = Objects.requireNonNull(headers.audio());
        long base = units.stream().mapToLong(MediaUnit::dtsMillis).min().orElseThrow();
        var guard = new NativeGuard("");
        guard.bind();
        try (AvOutput output = AvOutput.open(
                guard,
                film.toString(),
                "matroska",
                Map.of(),
                List.of(CodecSetups.video(video), CodecSetups.audio(audio)))) {
            for (MediaUnit unit : units) {
                output.write(
                        unit.track() == Track.VIDEO ? 0 : 1,
                        unit.dtsMillis() - base,
                        unit.ptsMillis() - base,
                        unit.key(),
                        unit.payload());
            }
        } finally {
            guard.unbind();
        }
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return process.exitValue() == 0 ? text : "exit " + process.exitValue() + ": " + text;
    }
}
