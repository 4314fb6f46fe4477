package dev.weir.routes;

import dev.weir.orders.OrderView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What did buyers ask through a platform: what is kept of them, or to have it erased? Erasing is done by the hub, which then answers;
 * handing over is the operator's, who says when it was done. Each is answered once. Thread-safe.
 */
public interface PrivacyRequests {
    /** How long an answer may take: the platforms' thirty days (Shopify's privacy law compliance), a month by Art. 12(3) GDPR. */
    Duration WITHIN = Duration.ofDays(30);

    /** Of the brand, open ones or answered ones; those that end first are first, of the answered the newest. {@code limit} 1..200. */
    List<Request> list(String brand, boolean open, int limit);

    /** One of the brand. */
    Optional<Request> find(String brand, UUID id);

    /** What is kept of the buyer who asks to see it: the orders that are meant, at most 500. Empty for other requests, and once answered. */
    List<OrderView> data(String brand, UUID id);

    /** The operator has handed the data over; false when it was answered before, or is not theirs to answer. */
    boolean answer(String brand, UUID id, String by);

    /** What is asked. */
    enum Kind {
        /** Hand over what is kept of the buyer. */
        DISCLOSE,
        /** Erase what is kept of the buyer. */
        ERASE,
        /** Erase the buyers of a shop that left. */
        ERASE_SHOP
    }

    /**
     * @param email whose; null when only orders are named, and once it is answered
     * @param orderExternalIds the platform's ids of the orders that are meant; empty for all of the buyer's
     * @param dueAt by when it is to be answered
     * @param orders how many orders were erased
     * @param deliveries how many stored deliveries were erased
     * @param waits why it is not done yet; null when nothing keeps it
     * @param answeredAt null while it is open
     * @param answeredBy {@code hub}, or who said so
     */
    record Request(
            UUID id,
            UUID connectionId,
            String channel,
            Kind kind,
            @Nullable String email,
            List<String> orderExternalIds,
            Instant askedAt,
            Instant dueAt,
            int orders,
            int deliveries,
            @Nullable String waits,
            @Nullable Instant answeredAt,
            @Nullable String answeredBy) {
        /** Copies the ids. */
        public Request {
            orderExternalIds = List.copyOf(orderExternalIds);
        }
    }
}
