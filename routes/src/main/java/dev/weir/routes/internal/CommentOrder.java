package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.live.Show;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.HoldRequest;
import dev.weir.routes.CommentOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What did one comment ask for? As the table {@code comment_order} has it. */
record CommentOrder(
        UUID id,
        UUID connectionId,
        String externalId,
        String brand,
        String channel,
        UUID showId,
        String author,
        Sku sku,
        String title,
        int quantity,
        Money unitPrice,
        @Nullable Sku pinned,
        Instant saidAt,
        CommentOrders.State state,
        @Nullable String reason,
        @Nullable UUID holdId,
        @Nullable Instant heldUntil) {
    /** Buyers who are known by what they are called elsewhere; no other way of holding takes such an id. */
    private static final String BUYERS = "comment/";

    CommentOrders.Entry entry() {
        return new CommentOrders.Entry(id, channel, author, sku, quantity, state, reason, saidAt, heldUntil);
    }

    /** The same for each try, so that one comment is one hold. */
    HoldRequest request(Show show) {
        return new HoldRequest(
                brand,
                showId,
                "comment/" + connectionId + "/" + externalId,
                BUYERS + channel + "/" + author,
                List.of(new HoldRequest.Line(sku, quantity, unitPrice)),
                attribution(show));
    }

    private Attribution attribution(Show show) {
        Instant started = show.startedAt();
        return new Attribution(
                channel,
                showId,
                show.host(),
                pinned == null ? null : pinned.value(),
                started == null
                        ? null
                        : (Long) Math.max(0, Duration.between(started, saidAt).toMillis()),
                false,
                Map.of("utm_source", channel, "utm_medium", "comment", "utm_content", externalId),
                saidAt,
                "hold/1");
    }
}
