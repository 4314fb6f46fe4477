package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What does ffprobe find in a file that somebody else wrote? */
record Recorded(List<Map<String, String>> streams, List<Map<String, String>> packets) {

    static Recorded probe(Path file) throws IOException {
        return new Recorded(
                lines(file, "-show_entries", "stream=codec_type,codec_name,profile,width,height,has_b_frames"),
                lines(file, "-show_entries", "packet=codec_type,pts_time,dts_time,size,flags"));
    }

    private static List<Map<String, String>> lines(Path file, String... what) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffprobe", "-v", "error", "-of", "compact=p=0"));
        command.addAll(List.of(what));
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out.lines()
                .filter(line -> line.contains("codec_type="))
                .map(Recorded::fields)
                .toList();
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.split("\\|")) {
            String[] pair = field.split("=", 2);
            fields.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        return fields;
    }

    Map<String, String> stream(String kind) {
        return streams.stream()
                .filter(stream -> kind.equals(stream.get("codec_type")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + streams));
    }

    List<Map<String, String>> packets(String kind) {
        return packets.stream()
                .filter(packet -> kind.equals(packet.get("codec_type")))
                .toList();
    }

    private static double number(Map<String, String> packet, String name) {
        return Double.parseDouble(Objects.requireNonNull(packet.get(name)));
    }

    double seconds() {
        List<Map<String, String>> pictures = packets("video");
        return number(pictures.getLast(), "dts_time") - number(pictures.getFirst(), "dts_time");
    }

    /** Picture and sound together. */
    double kbps() {
        return packets.stream().mapToDouble(packet -> number(packet, "size")).sum() * 8 / 1000 / seconds();
    }

    double picturesPerSecond() {
        return packets("video").size() / seconds();
    }

    List<Double> keyFrameGaps() {
        List<Double> keys = packets("video").stream()
                .filter(packet -> Objects.requireNonNull(packet.get("flags")).startsWith("K"))
                .map(packet -> number(packet, "pts_time"))
                .toList();
        return IntStream.range(1, keys.size())
                .mapToObj(i -> keys.get(i) - keys.get(i - 1))
                .toList();
    }

    /** Both tracks are there, the first picture is a key frame, and no time stands still or goes back. */
    void assertInOrder() {
        assertThat(packets("video").getFirst().get("flags")).startsWith("K");
        for (String kind : List.of("video", "audio")) {
            List<Map<String, String>> track = packets(kind);
            assertThat(track).hasSizeGreaterThan(20);
            for (int i = 1; i < track.size(); i++) {
                double dts = number(track.get(i), "dts_time");
                assertThat(dts).isGreaterThan(number(track.get(i - 1), "dts_time"));
                assertThat(number(track.get(i), "pts_time")).isGreaterThanOrEqualTo(dts);
            }
        }
    }
}
