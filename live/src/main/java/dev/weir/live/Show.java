package dev.weir.live;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which show is it, and where does it stand? {@code slug} is unique among all brands: it is in the player's address. */
public record Show(
        UUID id,
        String brand,
        String slug,
        String title,
        String host,
        State state,
        @Nullable Instant startsAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** PLANNED, then LIVE, then ENDED; never back. */
    public enum State {
        /** Announced. */
        PLANNED,
        /** On air. */
        LIVE,
        /** Over. */
        ENDED
    }
}
