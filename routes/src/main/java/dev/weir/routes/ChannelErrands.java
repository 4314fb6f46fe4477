package dev.weir.routes;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What do shops still have to be told, what have they taken, what have they refused? Each errand is tried until there is an answer;
 * the ports look before they act, so that it is done once. Thread-safe.
 */
public interface ChannelErrands {
    /** Errands about the order, oldest first; at most 200. */
    List<Errand> ofOrder(UUID orderId);

    /** What shops of the brand refused, the newest first; {@code limit} 1..200. */
    List<Errand> refused(String brand, int limit);

    /** Tries a refused errand of the brand again, because what kept it from being done was mended; false when there is none. */
    boolean retry(String brand, Kind kind, UUID connectionId, String key);

    /**
     * Gives money of an order back, and units. Of an order that a channel sold, the channel is asked to, and it is booked once the channel
     * has it, under the channel's id, so that the channel's own word of it changes nothing. Of one that was paid here our payment gateway
     * gives the money back, that is booked, and the backend that has the order notes it. The same key is the same refund.
     *
     * @throws dev.weir.connectors.ChannelException when no shop holds the order, or the shop lacks the ability, in its words
     * @throws IllegalArgumentException when amount or units are not of the order, naming the value
     */
    void refund(UUID orderId, Refund refund);

    /**
     * @param key 1..64 characters
     * @param amount 0 or more, in the order's currency, at most its total
     * @param restocked units that may be sold again, by SKU, at most those that were bought; may be empty where the amount is more than 0
     * @param reason shown at the shop, where it has a place for it
     */
    record Refund(String key, Money amount, Map<Sku, Integer> restocked, String reason) {
        /** Copies the units. */
        public Refund {
            restocked = Map.copyOf(restocked);
        }
    }

    /** What is told. */
    enum Kind {
        /** Goods have left; the key is our shipment's id. */
        SHIP,
        /** The price has changed, at a shop that takes our prices but not our catalogue; the key is the SKU. */
        PRICE,
        /** Money is to go back; the key is our refund's id. */
        REFUND,
        /** An order was called off at the shop that sold it, or at the backend that was to send it; the key is our order's id. */
        CANCEL
    }

    /** Where it stands. */
    enum State {
        /** To be told, or told without an answer yet. */
        DUE,
        /** The shop has it. */
        DONE,
        /** The shop will not; {@link Errand#error} says why. */
        REFUSED
    }

    /**
     * @param orderId null where it is about no order
     * @param error why the last try failed; null when it did not
     * @param externalId the shop's id of it, where it has one
     */
    record Errand(
            Kind kind,
            UUID connectionId,
            String key,
            @Nullable UUID orderId,
            State state,
            int attempts,
            @Nullable String error,
            @Nullable String externalId,
            Instant createdAt,
            @Nullable Instant nextTryAt,
            @Nullable Instant doneAt) {}
}
