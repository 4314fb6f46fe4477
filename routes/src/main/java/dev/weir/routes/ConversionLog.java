package dev.weir.routes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which platforms were told of which purchases, and which would not have them? Thread-safe. */
public interface ConversionLog {
    /** Newest first, of every state or of one; {@code limit} 1..200. */
    List<Entry> list(String brand, @Nullable State state, int limit);

    /** Tells a parked purchase again, soon; false when the brand has none such that is parked. */
    boolean again(String brand, UUID orderId, UUID connectionId);

    /**
     * One purchase and one platform.
     *
     * @param reason why it was not told, or not yet; else null
     * @param nextTryAt when it is told again by itself; null for never
     */
    record Entry(
            UUID orderId,
            UUID connectionId,
            State state,
            int attempts,
            @Nullable String reason,
            Instant createdAt,
            @Nullable Instant nextTryAt,
            @Nullable Instant doneAt) {}

    /** Where does it stand? */
    enum State {
        /** Not told yet. */
        DUE,
        /** The platform has it. */
        TOLD,
        /** Not a purchase any more by the time that it was to be told. */
        SKIPPED,
        /** The platform would not have it. */
        PARKED
    }
}
