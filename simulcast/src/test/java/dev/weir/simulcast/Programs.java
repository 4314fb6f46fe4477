package dev.weir.simulcast;

import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What do ffmpeg and ffprobe say of a file? */
final class Programs {

    private Programs() {}

    private static String run(List<String> command) {
        Tools.require(Tools.find(command.getFirst()).isPresent(), command.getFirst());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every complaint of a full decode; empty when all is well. */
    static String complaints(Path file) {
        return run(List.of("ffmpeg", "-v", "error", "-i", file.toString(), "-f", "null", "-"));
    }

    static double seconds(Path file) {
        return Double.parseDouble(run(List.of(
                "ffprobe", "-v", "fatal", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString())));
    }

    /** How many packets there are of each kind of stream: audio and video. */
    static Map<String, Integer> packets(Path file) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String kind : List.of("audio", "video")) {
            List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "fatal", "-count_packets"));
            command.addAll(List.of("-select_streams", kind.substring(0, 1), "-show_entries", "stream=nb_read_packets"));
            command.addAll(List.of("-of", "csv=p=0", file.toString()));
            String said = run(command).lines().findFirst().orElse("0").replace(",", "");
            counts.put(kind, said.isEmpty() ? 0 : Integer.parseInt(said));
        }
        return counts;
    }
}
