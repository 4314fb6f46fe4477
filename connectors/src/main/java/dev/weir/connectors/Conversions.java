package dev.weir.connectors;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How does the platform learn which of its visitors bought here? */
public interface Conversions {
    /** Most purchases that one {@link #purchased} takes; 1 or more. */
    int batchSize();

    /** Reports purchases; repeatable, because the platform drops a {@link Purchase#key()} that it has seen. */
    void purchased(List<Purchase> purchases);

    /**
     * @param key our order id
     * @param email in clear; it leaves hashed, as the platform asks. Null where the buyer gave none
     * @param campaign parameters of the link that brought the buyer, such as {@code fbclid}
     */
    record Purchase(
            String key,
            Instant at,
            List<OrderLine> lines,
            Money total,
            @Nullable String email,
            Map<String, String> campaign) {
        /** Copies the collections. */
        public Purchase {
            lines = List.copyOf(lines);
            campaign = Map.copyOf(campaign);
        }
    }
}
