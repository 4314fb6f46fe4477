package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of one recording.
 *
 * @param path where they are
 */
record Folder(Path path) {

    /** A download that is not complete. */
    static final String DRAFT = "draft.mp4";

    static final String NOTES = "recording.json";
    private static final String MP4 = ".mp4";

    /** Fragmented MP4, one file for each codec that the host had. */
    static String streamName(int part) {
        return "stream-" + part + MP4;
    }

    /** The same as MP4 that plays everywhere. */
    static String downloadName(int part) {
        return part == 0 ? "recording" + MP4 : "recording-" + part + MP4;
    }

    Path stream(int part) {
        return path.resolve(streamName(part));
    }

    Path download(int part) {
        return path.resolve(downloadName(part));
    }

    Path playlist() {
        return path.resolve(Recording.PLAYLIST);
    }

    Path anchors() {
        return path.resolve(Recording.ANCHORS);
    }

    Path notes() {
        return path.resolve(NOTES);
    }

    /** All files, the notes last; drafts are none. */
    List<Path> complete() throws IOException {
        List<Path> complete = new ArrayList<>(files());
        complete.removeIf(file -> file.equals(notes()) || isDraft(file));
        complete.add(notes());
        return complete;
    }

    private static boolean isDraft(Path file) {
        String name = file.getFileName().toString();
        return name.equals(DRAFT) || name.endsWith(".draft");
    }

    /** Whatever is in it. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.sorted().toList();
        }
    }

    /** Whether there is more than notes. */
    boolean hasMedia() throws IOException {
        return complete().size() > 1;
    }

    /** How many parts there are. */
    int parts() {
        int parts = 0;
        while (Files.exists(stream(parts))) {
            parts++;
        }
        return parts;
    }
}
