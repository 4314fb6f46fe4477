package dev.weir.routes;

import dev.weir.connectors.Sku;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What did commenters under a show's lives ask for, and what became of it? For the show's staff. Thread-safe. */
public interface CommentOrders {
    /** The newest {@code limit} (1..200), newest first. */
    List<Entry> list(UUID showId, int limit);

    /**
     * Where the buyer pays, for a host who answers by hand. Empty when the show has no such order, or nothing is held for it any
     * more. It holds the hold's secret: hand it to that buyer alone.
     */
    Optional<URI> link(UUID showId, UUID id);

    /**
     * One comment that asked for something.
     *
     * @param reason why nothing is held, or why nobody was told; null when all went well or is still under way
     * @param heldUntil until when the units are held, once they are
     */
    record Entry(
            UUID id,
            String channel,
            String author,
            Sku sku,
            int quantity,
            State state,
            @Nullable String reason,
            Instant saidAt,
            @Nullable Instant heldUntil) {}

    /** Where does it stand? */
    enum State {
        /** Under way. */
        DUE,
        /** Held, and its buyer has the link. */
        ANSWERED,
        /** Held; the channel has no way to answer, so that is the host's. */
        SHOWN,
        /** Held, but the channel would not deliver the answer. */
        UNANSWERED,
        /** Nothing is held. */
        REFUSED
    }
}
