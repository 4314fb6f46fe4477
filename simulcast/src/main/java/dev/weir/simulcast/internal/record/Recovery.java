package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.MediaAnchor;
import dev.weir.simulcast.Recording;
import dev.weir.simulcast.RecordingState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends a recording whose process did not: cuts what is torn and lists again what is whole. */
final class Recovery {

    private static final Pattern RANGE = Pattern.compile("#EXT-X-BYTERANGE:\\d+@(\\d+)");

    private final Folder folder;
    private final List<MediaAnchor> anchors;
    private final VodIndex index;
    private long bytes;

    private Recovery(Folder folder) throws IOException {
        this.folder = folder;
        this.anchors = AnchorFile.read(folder.anchors());
        this.index = new VodIndex(folder.playlist());
    }

    /** The recording as it is now. */
    static Recording run(Folder folder, Recording torn) throws IOException {
        return new Recovery(folder).mend(torn);
    }

    private Recording mend(Recording torn) throws IOException {
        Set<String> breaks = discontinuities();
        int parts = folder.parts();
        for (int part = 0; part < parts; part++) {
            Path file = folder.stream(part);
            BoxScan.Found found = BoxScan.of(file);
            truncate(file, found.end());
            bytes += found.end();
            index.newPart(found.initLength());
            list(part, found.pieces(), breaks, torn.startedAt());
        }
        if (!index.isEmpty()) {
            index.end();
        }
        var ended = new Recording(
                torn.showId(),
                torn.epoch(),
                RecordingState.ENDED,
                torn.startedAt(),
                torn.startedAt().plusMillis(index.millis()),
                index.millis(),
                bytes,
                List.of(),
                "the hub stopped while it was recording");
        Notes.write(folder, ended);
        return ended;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    /** Cuts the pieces at the same places as the writer did. */
    private void list(int part, List<BoxScan.Piece> pieces, Set<String> breaks, Instant startedAt) throws IOException {
        int from = 0;
        for (int i = 1; i <= pieces.size(); i++) {
            if (i == pieces.size()
                    || cuts(pieces.get(from), pieces.get(i), breaks.contains(place(part, pieces.get(i))))) {
                BoxScan.Piece first = pieces.get(from);
                BoxScan.Piece last = pieces.get(i - 1);
                index.add(new VodIndex.Entry(
                        part,
                        first.offset(),
                        last.offset() + last.length() - first.offset(),
                        Math.max(1, last.untilMillis() - first.fromMillis()),
                        breaks.contains(place(part, first)),
                        AnchorFile.dateOf(first.fromMillis(), anchors, startedAt)));
                from = i;
            }
        }
    }

    private static boolean cuts(BoxScan.Piece first, BoxScan.Piece next, boolean listedBreak) {
        return listedBreak || (next.key() && next.fromMillis() - first.fromMillis() >= RecordingWriter.SEGMENT_MILLIS);
    }

    private static String place(int part, BoxScan.Piece piece) {
        return Folder.streamName(part) + "@" + piece.offset();
    }

    /** Where the playlist, as far as it came, had discontinuities. */
    private Set<String> discontinuities() throws IOException {
        Set<String> found = new HashSet<>();
        if (!Files.exists(folder.playlist())) {
            return found;
        }
        boolean pending = false;
        String offset = "";
        for (String line : Files.readAllLines(folder.playlist(), StandardCharsets.UTF_8)) {
            Matcher range = RANGE.matcher(line);
            if (line.equals("#EXT-X-DISCONTINUITY")) {
                pending = true;
            } else if (range.matches()) {
                offset = range.group(1);
            } else if (!line.startsWith("#")) {
                if (pending) {
                    found.add(line + "@" + offset);
                }
                pending = false;
            }
        }
        return found;
    }
}
