package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is noted of a recording beside its files. */
public final class Notes {

    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

    private Notes() {}

    static void write(Folder folder, Recording recording) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("showId", recording.showId());
        members.put("epoch", recording.epoch());
        members.put("state", recording.state());
        members.put("startedAt", recording.startedAt());
        if (recording.endedAt() != null) {
            members.put("endedAt", recording.endedAt());
        }
        members.put("millis", recording.millis());
        members.put("bytes", recording.bytes());
        members.put("downloads", String.join(" ", recording.downloads()));
        if (recording.reason() != null) {
            members.put("reason", recording.reason());
        }
        Disk.replace(folder.notes(), FlatJson.write(members) + "\n");
    }

    static Optional<Recording> read(Folder folder) throws IOException {
        return Files.exists(folder.notes())
                ? parse(Files.readString(folder.notes(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The recording that the text tells of; empty when it cannot be read. */
    public static Optional<Recording> parse(String text) {
        Map<String, String> members = FlatJson.read(text);
        try {
            String ended = members.get("endedAt");
            String downloads = members.getOrDefault("downloads", "");
            return Optional.of(new Recording(
                    required(members, "showId"),
                    Integer.parseInt(required(members, "epoch")),
                    RecordingState.valueOf(required(members, "state")),
                    Instant.parse(required(members, "startedAt")),
                    ended == null ? null : Instant.parse(ended),
                    Long.parseLong(required(members, "millis")),
                    Long.parseLong(required(members, "bytes")),
                    downloads.isEmpty() ? List.of() : List.of(downloads.split(" ")),
                    members.get("reason")));
        } catch (IllegalArgumentException | DateTimeException e) {
            LOG.warn("recording notes cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static String required(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new IllegalArgumentException("%s: absent (expected: there)".formatted(name));
        }
        return value;
    }
}
