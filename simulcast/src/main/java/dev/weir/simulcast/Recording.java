package dev.weir.simulcast;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of one epoch of a show?
 *
 * <p>Its files are read through {@link Recordings#open}: {@value #PLAYLIST} plays all of it, {@value #ANCHORS} tells
 * which moments its places belong to.
 *
 * @param showId the show
 * @param epoch which of the show's lives, from 0; {@link MediaTime} counts the same way
 * @param state how far it is
 * @param startedAt when its first frame came
 * @param endedAt null while it runs
 * @param millis length so far
 * @param bytes size so far of what the playlist names
 * @param downloads names of the MP4 files that need no playlist, one for each change of codec and one more
 * @param reason null unless it stopped before the live did, has no file to download or more than one: why
 */
public record Recording(
        String showId,
        int epoch,
        RecordingState state,
        Instant startedAt,
        @Nullable Instant endedAt,
        long millis,
        long bytes,
        List<String> downloads,
        @Nullable String reason) {

    /** Name of the HLS playlist of the whole recording. */
    public static final String PLAYLIST = "index.m3u8";

    /** Name of the list of {@link MediaAnchor}s, one JSON object a line. */
    public static final String ANCHORS = "anchors.jsonl";
}
