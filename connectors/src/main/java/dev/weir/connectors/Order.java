package dev.weir.connectors;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What did a buyer order at a shop, in words that every channel shares?
 *
 * @param channel the channel's name, such as {@code tiktok-shop}
 * @param externalId the shop's id of the order; with the connection it is the key that makes intake idempotent
 * @param placedAt when the buyer ordered, by the shop's clock
 * @param updatedAt the shop's clock or version of this statement; an older one never overwrites a newer
 * @param lines at least one
 * @param total what the buyer pays, taxes and shipping included
 * @param evidence facts that attribution rules may use (such as {@code room_id}, {@code landing_site}, note attributes);
 *     never personal data
 * @param address where the goods go, as far as the shop tells, masked where it masks: name, line1, line2, city, region, postalCode,
 *     country, phone; empty where it tells nothing
 */
public record Order(
        String channel,
        String externalId,
        State state,
        Instant placedAt,
        Instant updatedAt,
        List<OrderLine> lines,
        Money total,
        @Nullable String buyerEmail,
        Map<String, String> evidence,
        Map<String, String> address) {
    /** Name of the fact who sends the goods. */
    public static final String SENT_BY = "sent_by";

    /** Value of {@link #SENT_BY}: the channel does, from a warehouse of its own. */
    public static final String BY_CHANNEL = "channel";

    /**
     * Name of the fact that the hub handed this order over to the shop, which only the shop's own mark proves and no buyer can write. Its
     * value is our id of the order, or {@link #MARKED} where the shop keeps a mark alone.
     */
    public static final String HANDED_OVER = "handed_over";

    /** Value of {@link #HANDED_OVER} where the shop does not keep our id. */
    public static final String MARKED = "marked";

    /** Name of the fact what of an order that was handed over its shop called off, in words, where that is not the whole order. */
    public static final String CALLED_OFF_PART = "called_off_part";

    /** An order whose shop does not tell where the goods go. */
    public Order(
            String channel,
            String externalId,
            State state,
            Instant placedAt,
            Instant updatedAt,
            List<OrderLine> lines,
            Money total,
            @Nullable String buyerEmail,
            Map<String, String> evidence) {
        this(channel, externalId, state, placedAt, updatedAt, lines, total, buyerEmail, evidence, Map.of());
    }

    /** The same order with one more fact. */
    public Order with(String fact, String value) {
        Map<String, String> facts = new HashMap<>(evidence);
        facts.put(fact, value);
        return new Order(channel, externalId, state, placedAt, updatedAt, lines, total, buyerEmail, facts, address);
    }

    /** The same order in another state. */
    public Order moved(State to) {
        return new Order(channel, externalId, to, placedAt, updatedAt, lines, total, buyerEmail, evidence, address);
    }

    /** Where does the order stand at the shop? */
    public enum State {
        /** Placed, not yet paid or still on hold: units are taken, money is not booked. */
        PENDING,
        /** Paid, or payable on terms the shop vouches for. */
        PAID,
        /** Called off by shop or buyer: units go back. */
        CANCELLED
    }

    /** Copies the collections, and refuses an order without lines. */
    public Order {
        lines = List.copyOf(lines);
        evidence = Map.copyOf(evidence);
        address = Map.copyOf(address);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines: [] (expected: at least one) for order " + externalId);
        }
    }
}
