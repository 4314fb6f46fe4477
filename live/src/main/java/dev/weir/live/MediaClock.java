package dev.weir.live;

import java.util.Optional;
import java.util.UUID;

/**
 * Where on its picture is a show now?
 *
 * <p>Asked when something happens that a replay has to put back in its place. Thread-safe; answers at once.
 */
@FunctionalInterface
public interface MediaClock {

    /** No stream anywhere. */
    MediaClock NONE = show -> Optional.empty();

    /** The position at this moment; empty while the show has no stream. */
    Optional<Position> now(UUID showId);

    /**
     * A place in one recording.
     *
     * @param epoch which of the show's recordings, from 0
     * @param millis time since that recording's first picture, at least 0
     */
    record Position(int epoch, long millis) {}
}
