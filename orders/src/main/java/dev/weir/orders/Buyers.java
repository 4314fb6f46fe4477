package dev.weir.orders;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a buyer, and how is it erased? The books stay: an order loses its e-mail address and its postal address, and keeps
 * what was bought for how much. Joins the caller's transaction. Thread-safe.
 */
public interface Buyers {
    /** Most orders that one call answers or changes. */
    int MOST = 500;

    /** The orders that are meant, newest first, at most {@link #MOST}. */
    List<OrderView> orders(Whom whom);

    /** Erases up to {@link #MOST} of the orders that are meant and answers which; call again until it answers none. */
    List<UUID> erase(Whom whom);

    /**
     * Whose orders, of those that the shop sold or that were handed over to it?
     *
     * @param everyone all of them, whoever bought
     * @param email whatever the case of its letters; of no consequence when orders are named
     * @param orderExternalIds the shop's ids; empty for all of {@code email}
     */
    record Whom(
            UUID connectionId, boolean everyone, @Nullable String email, List<String> orderExternalIds) {
        /** Copies the ids, and refuses to mean nobody. */
        public Whom {
            orderExternalIds = List.copyOf(orderExternalIds);
            if (!everyone && email == null && orderExternalIds.isEmpty()) {
                throw new IllegalArgumentException("email: null (expected: an address, or orders that are named)");
            }
        }

        /** Everyone who bought there. */
        public static Whom everyone(UUID connectionId) {
            return new Whom(connectionId, true, null, List.of());
        }

        /** One buyer. */
        public static Whom buyer(UUID connectionId, @Nullable String email, List<String> orderExternalIds) {
            return new Whom(connectionId, false, email, orderExternalIds);
        }
    }
}
