package dev.weir.routes;

import dev.weir.connectors.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What did the platforms pay out, line by line, as they stated it last? Thread-safe. */
public interface Payouts {
    /** Statements of the brand of [{@code from}, {@code to}), the newest first, without their lines; {@code limit} 1..200. */
    List<Payout> list(String brand, Instant from, Instant to, int limit);

    /** The lines of one of the brand's, as the platform orders them; at most 10,000. Empty when there is none. */
    List<Line> lines(String brand, UUID connectionId, String externalId);

    /**
     * @param paidAt null while it is only announced
     * @param readAt when we read it last
     */
    record Payout(
            UUID connectionId,
            String externalId,
            String channel,
            Instant at,
            @Nullable Instant paidAt,
            Money amount,
            Instant readAt) {}

    /**
     * @param orderExternalId null for what belongs to no order
     * @param kind the platform's own word
     * @param amount negative when the platform keeps it
     */
    record Line(@Nullable String orderExternalId, String kind, Money amount) {}
}
