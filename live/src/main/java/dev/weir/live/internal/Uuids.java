package dev.weir.live.internal;

import java.util.Optional;
import java.util.UUID;

/** Is this text an id? */
final class Uuids {
    private Uuids() {}

    /** The id, in its full form only: {@link UUID#fromString} alone would take {@code 1-1-1-1-1} too. */
    static Optional<UUID> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
