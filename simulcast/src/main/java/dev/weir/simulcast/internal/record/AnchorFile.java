package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.MediaAnchor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Anchors as JSON objects, one a line. */
final class AnchorFile {

    private AnchorFile() {}

    static void append(Path file, MediaAnchor anchor) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("mediaMillis", anchor.mediaMillis());
        line.put("wallClock", anchor.wallClock());
        line.put("epoch", anchor.epoch());
        Files.writeString(
                file,
                FlatJson.write(line) + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** All anchors that can be read; none when there is no file. */
    static List<MediaAnchor> read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readString(file, StandardCharsets.UTF_8)) : List.of();
    }

    /** All anchors that can be read. */
    static List<MediaAnchor> parse(String lines) {
        List<MediaAnchor> anchors = new ArrayList<>();
        lines.lines().forEach(line -> parse(line, anchors));
        return anchors;
    }

    private static void parse(String line, List<MediaAnchor> anchors) {
        Map<String, String> members = FlatJson.read(line);
        String media = members.get("mediaMillis");
        String wall = members.get("wallClock");
        String epoch = members.get("epoch");
        // The last line of a crashed recording may be torn.
        if (line.endsWith("}") && media != null && wall != null && epoch != null) {
            try {
                anchors.add(new MediaAnchor(Long.parseLong(media), Instant.parse(wall), Integer.parseInt(epoch)));
            } catch (DateTimeException | NumberFormatException e) {
                // As torn as the others.
                return;
            }
        }
    }

    /** The date of a place, by the anchors before it or else the first one. */
    static Instant dateOf(long mediaMillis, List<MediaAnchor> anchors, Instant fallback) {
        MediaAnchor best = null;
        for (MediaAnchor anchor : anchors) {
            if (best == null || anchor.mediaMillis() <= mediaMillis) {
                best = anchor;
            }
        }
        return best == null ? fallback : best.wallClock().plusMillis(mediaMillis - best.mediaMillis());
    }
}
