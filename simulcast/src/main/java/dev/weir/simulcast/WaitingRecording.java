package dev.weir.simulcast;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which recording has ended and is not in the store yet?
 *
 * <p>It is complete, on the local disk, and played from there.
 *
 * @param showId the show
 * @param epoch which of its lives
 * @param bytes of what the playlist names
 * @param endedAt since when it could be in the store
 * @param failures how often it was tried in vain, since the start
 * @param error why it failed the last time; null before the first failure
 */
public record WaitingRecording(
        String showId,
        int epoch,
        long bytes,
        Instant endedAt,
        int failures,
        @Nullable String error) {}
