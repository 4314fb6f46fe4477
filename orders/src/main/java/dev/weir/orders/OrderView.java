package dev.weir.orders;

import dev.weir.connectors.Money;
import dev.weir.connectors.OrderLine;
import dev.weir.reservation.Attribution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does the hub know of one order?
 *
 * @param channel {@code PLAYER} or the channel's name
 * @param connectionId null for orders of the player
 * @param externalId the channel's id; null for orders of the player
 * @param backendOrderId the id at the brand's backend once it was handed over, else null
 */
public record OrderView(
        UUID id,
        String brand,
        String channel,
        @Nullable UUID connectionId,
        @Nullable String externalId,
        State state,
        Instant placedAt,
        List<OrderLine> lines,
        Money total,
        @Nullable String email,
        Map<String, String> address,
        Attribution attribution,
        @Nullable String paymentReference,
        @Nullable String backendOrderId) {
    /** Where does the order stand? */
    public enum State {
        /** Units taken, not paid yet. */
        PENDING,
        /** Paid and in the books. */
        PAID,
        /** The channel sold units that were not there. */
        SHORT,
        /** Called off. */
        CANCELLED,
        /** Money went back in full. */
        REFUNDED
    }
}
