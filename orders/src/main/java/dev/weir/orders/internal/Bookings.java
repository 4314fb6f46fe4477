package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Refund;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Which entries does an order make? Lines to the cent; what the total has beyond them is an adjustment. */
final class Bookings {
    private final Journal journal;

    Bookings(Journal journal) {
        this.journal = journal;
    }

    /** Books the sale as of when the buyer ordered. */
    void sale(OrderView order) {
        Map<Sku, Integer> units = StoredOrder.units(order.lines());
        Money adjustment = order.total();
        List<Posting> postings = new ArrayList<>();
        postings.add(
                Posting.of(Accounts.receivable(order.channel()), order.total().minor()));
        for (Map.Entry<Sku, Money> line : StoredOrder.amounts(order.lines()).entrySet()) {
            adjustment = adjustment.minus(line.getValue());
            postings.add(new Posting(
                    Accounts.SALES, -line.getValue().minor(), units.getOrDefault(line.getKey(), 0), line.getKey()));
        }
        if (adjustment.minor() != 0) {
            postings.add(Posting.of(Accounts.ADJUSTMENTS, -adjustment.minor()));
        }
        journal.post(order, "sale", "sale/" + order.id(), order.placedAt(), postings);
    }

    /** Undoes whatever was booked for the order, refunds too: what was called off never happened. */
    void reversal(OrderView order, Instant at) {
        List<Posting> postings = journal.undoing(order.id());
        if (!postings.isEmpty()) {
            journal.post(order, "reversal", "reversal/" + order.id(), at, postings);
        }
    }

    /** Books money that went back. True when nothing of the order is owed any more. */
    boolean refund(OrderView order, UUID connectionId, Refund refund) {
        long amount = refund.amount().minor();
        long owed = journal.receivable(order);
        if (amount == 0) {
            return owed <= 0;
        }
        Map<Sku, Long> parts = RefundSplit.split(
                amount, owed, journal.netOfLines(order.id()), StoredOrder.amounts(refund.restocked()));
        List<Posting> postings = new ArrayList<>();
        postings.add(Posting.of(Accounts.receivable(order.channel()), -amount));
        long rest = amount;
        for (Map.Entry<Sku, Long> part : parts.entrySet()) {
            postings.add(new Posting(Accounts.REFUNDS, part.getValue(), 0, part.getKey()));
            rest -= part.getValue();
        }
        if (rest != 0) {
            postings.add(Posting.of(Accounts.ADJUSTMENTS, rest));
        }
        journal.post(order, "refund", "refund/" + connectionId + "/" + refund.externalId(), refund.at(), postings);
        return amount >= owed;
    }
}
