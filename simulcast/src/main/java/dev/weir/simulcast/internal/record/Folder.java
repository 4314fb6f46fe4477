package dev.weir.simulcast.internal.record;

import dev.weir.simulcast.Recording;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one recording.
 *
 * @param path where they are
 */
record Folder(Path path) {

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

    /** How many parts there are. */
    int parts() {
        int parts = 0;
        while (Files.exists(stream(parts))) {
            parts++;
        }
        return parts;
    }
}
