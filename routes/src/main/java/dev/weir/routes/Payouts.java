package dev.weir.routes;

import dev.weir.connectors.Money;
import dev.weir.connectors.Settlements;
import dev.weir.orders.OrderView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What did the platforms pay out, line by line, as they stated it last, and does it agree with the books? Thread-safe. */
public interface Payouts {
    /**
     * Statements of the brand of [{@code from}, {@code to}), the newest first, without their lines; {@code limit} 1..200.
     *
     * @param cursor {@link Page#next} of the page before; null for the first
     */
    Page list(String brand, Instant from, Instant to, @Nullable String cursor, int limit);

    /** The lines of one of the brand's, as the platform orders them; at most 10,000. Empty when there is none. */
    List<Line> lines(String brand, UUID connectionId, String externalId);

    /**
     * One of the brand's held against the journal as it is now, order by order, by the platform's ids; empty when there is none.
     *
     * @param only orders of that verdict; null for all
     * @param cursor {@link Comparison#next} of the page before; null for the first
     * @param limit 1..200; a page looks at 2,000 orders, so with {@code only} it can be short and have a next one
     */
    Optional<Comparison> compare(
            String brand,
            UUID connectionId,
            String externalId,
            @Nullable Verdict only,
            @Nullable String cursor,
            int limit);

    /** A page and the cursor of the next, null at the end. */
    record Page(List<Payout> items, @Nullable String next) {}

    /**
     * @param paidAt null while it is only announced
     * @param readAt when we read it last
     * @param checked how it compared then; null where it was read before that was done
     */
    record Payout(
            UUID connectionId,
            String externalId,
            String channel,
            Instant at,
            @Nullable Instant paidAt,
            Money amount,
            Instant readAt,
            @Nullable Checked checked) {}

    /**
     * How many orders of a payout are of each verdict?
     *
     * @param off by how much those that differ do, in all; more than zero when the platform states more than is booked
     * @param withoutOrder what the payout moves for no order
     */
    record Checked(int agree, int differ, int unknown, Money off, Money withoutOrder) {}

    /** What does the comparison of one order say? */
    enum Verdict {
        /** What the platform stated of it in all its payouts is what is booked. */
        AGREES,
        /** It is not; {@link Compared#off} says by how much. */
        DIFFERS,
        /** No order of that id is known of that shop. */
        UNKNOWN
    }

    /** A payout and a page of its orders. */
    record Comparison(
            Payout payout, List<Compared> items, @Nullable String next) {}

    /**
     * @param orderId null while it is not known
     * @param sold what its buyer paid less what went back, as this payout states it
     * @param soldInAll as all payouts of that shop state it: a refund comes in a later one than its sale
     * @param kept what the platform keeps of it here; negative
     * @param other what this payout moves for it beside
     * @param booked what the journal says its buyer paid less what went back; null while it is not known
     * @param off {@code soldInAll} less {@code booked}; null where that cannot be said: not known, or in another currency
     */
    record Compared(
            String orderExternalId,
            @Nullable UUID orderId,
            OrderView.@Nullable State state,
            Verdict verdict,
            Money sold,
            Money soldInAll,
            Money kept,
            Money other,
            @Nullable Money booked,
            @Nullable Money off) {}

    /**
     * @param orderExternalId null for what belongs to no order
     * @param kind the platform's own word
     * @param amount negative when the platform keeps it
     */
    record Line(@Nullable String orderExternalId, String kind, Settlements.Part part, Money amount) {}
}
