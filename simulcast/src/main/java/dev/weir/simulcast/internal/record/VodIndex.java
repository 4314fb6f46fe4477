package dev.weir.simulcast.internal.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The HLS playlist of a recording (RFC 8216): byte ranges of its files. Grows as they do. Not thread-safe. */
final class VodIndex {

    /**
     * One segment.
     *
     * @param part number of the file
     * @param offset first byte in it
     * @param length bytes
     * @param millis duration
     * @param discontinuity true when it does not continue the one before
     * @param startedAt date of its first frame
     */
    record Entry(int part, long offset, long length, long millis, boolean discontinuity, Instant startedAt) {}

    /** While it grows the target must not change, so it has room for usual distances of key frames. */
    private static final long GROWING_SECONDS = 6;

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> initLengths = new ArrayList<>();
    private long targetSeconds;

    VodIndex(Path file) {
        this.file = file;
    }

    /** Segments of another file follow, which starts with an initialisation segment of that length. */
    void newPart(long initLength) {
        initLengths.add(initLength);
    }

    void add(Entry entry) throws IOException {
        boolean first = entries.isEmpty();
        boolean newMap = first || entries.getLast().part() != entry.part();
        entries.add(entry);
        long seconds = seconds(entry);
        if (first || seconds > targetSeconds) {
            targetSeconds = Math.max(GROWING_SECONDS, seconds);
            Disk.replace(file, text("EVENT"));
        } else {
            Files.writeString(file, lines(entry, true, newMap), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        }
    }

    private static long seconds(Entry entry) {
        return Math.max(1, Math.round(entry.millis() / 1000.0));
    }

    /** Nothing follows. */
    void end() throws IOException {
        targetSeconds = entries.stream().mapToLong(VodIndex::seconds).max().orElse(1);
        Disk.replace(file, text("VOD") + "#EXT-X-ENDLIST\n");
    }

    private String text(String type) {
        var out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-PLAYLIST-TYPE:" + type
                + "\n#EXT-X-TARGETDURATION:" + targetSeconds
                + "\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        int part = -1;
        for (Entry entry : entries) {
            out.append(lines(entry, part >= 0, part != entry.part()));
            part = entry.part();
        }
        return out.toString();
    }

    private String lines(Entry entry, boolean afterOther, boolean newMap) {
        String name = Folder.streamName(entry.part());
        var out = new StringBuilder();
        if (afterOther && (entry.discontinuity() || newMap)) {
            out.append("#EXT-X-DISCONTINUITY\n");
        }
        if (newMap) {
            out.append("#EXT-X-MAP:URI=\"%s\",BYTERANGE=\"%d@0\"\n".formatted(name, initLengths.get(entry.part())));
        }
        out.append("#EXT-X-PROGRAM-DATE-TIME:").append(entry.startedAt().truncatedTo(ChronoUnit.MILLIS));
        out.append(String.format(
                Locale.ROOT,
                "\n#EXTINF:%d.%03d,\n#EXT-X-BYTERANGE:%d@%d\n%s\n",
                entry.millis() / 1000,
                entry.millis() % 1000,
                entry.length(),
                entry.offset(),
                name));
        return out.toString();
    }

    long millis() {
        return entries.stream().mapToLong(Entry::millis).sum();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
