package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderBook.Owed;
import dev.weir.routes.Payouts.Compared;
import dev.weir.routes.Payouts.Payout;
import dev.weir.routes.Payouts.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Does a payout agree with the journal? Order by order: what all payouts of the shop state that its buyer paid, less what went back, against
 * what is booked of it now. What the platform keeps is not in the journal, and is shown beside.
 */
final class PayoutCheck {
    /** Orders that are looked at with one question to the journal. */
    static final int CHUNK = 500;

    private final JdbcClient jdbc;
    private final OrderBook orders;

    PayoutCheck(JdbcClient jdbc, OrderBook orders) {
        this.jdbc = jdbc;
        this.orders = orders;
    }

    /** The next {@link #CHUNK} orders of the payout behind {@code after}, by id; "" begins. */
    List<Compared> chunk(Payout payout, String after) {
        List<Part> parts = parts(payout, after);
        List<String> ids = parts.stream().map(Part::order).toList();
        Map<String, Owed> owed = orders.owed(payout.connectionId(), ids);
        Map<String, Long> inAll = inAll(payout, ids);
        List<Compared> compared = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Money stated = money(payout, inAll.getOrDefault(part.order(), part.sold()));
            compared.add(compared(payout, part, stated, owed.get(part.order())));
        }
        return compared;
    }

    private static Compared compared(Payout payout, Part part, Money inAll, @Nullable Owed owed) {
        Money booked = owed == null ? null : owed.amount();
        Money off = booked != null && booked.currency().equals(inAll.currency()) ? inAll.minus(booked) : null;
        return new Compared(
                part.order(),
                owed == null ? null : owed.orderId(),
                owed == null ? null : owed.state(),
                verdict(owed, off),
                money(payout, part.sold()),
                inAll,
                money(payout, part.kept()),
                money(payout, part.other()),
                booked,
                off);
    }

    private static Verdict verdict(@Nullable Owed owed, @Nullable Money off) {
        if (owed == null) {
            return Verdict.UNKNOWN;
        }
        return off != null && off.minor() == 0 ? Verdict.AGREES : Verdict.DIFFERS;
    }

    private List<Part> parts(Payout payout, String after) {
        return jdbc.sql("""
                        select order_external_id,
                          coalesce(sum(amount_minor) filter (where part = 'SOLD'), 0) as sold,
                          coalesce(sum(amount_minor) filter (where part = 'KEPT'), 0) as kept,
                          coalesce(sum(amount_minor) filter (where part = 'OTHER'), 0) as other
                        from settlement_line
                        where connection_id = :connection and external_id = :external and order_external_id > :after
                        group by order_external_id order by order_external_id limit :chunk""")
                .param("connection", payout.connectionId())
                .param("external", payout.externalId())
                .param("after", after)
                .param("chunk", CHUNK)
                .query((row, n) -> new Part(
                        row.getString("order_external_id"),
                        row.getLong("sold"),
                        row.getLong("kept"),
                        row.getLong("other")))
                .list();
    }

    /** What the payouts of that currency state of each order, in minor units. */
    private Map<String, Long> inAll(Payout payout, List<String> ids) {
        Map<String, Long> sums = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            select l.order_external_id, sum(l.amount_minor) as sold from settlement_line l
                            join settlement s on s.connection_id = l.connection_id and s.external_id = l.external_id
                            where l.connection_id = :connection and l.order_external_id in (:ids) and l.part = 'SOLD'
                              and s.currency = :currency group by l.order_external_id""")
                    .param("connection", payout.connectionId())
                    .param("ids", ids)
                    .param("currency", payout.amount().currency().getCurrencyCode())
                    .query(row -> {
                        sums.put(row.getString("order_external_id"), row.getLong("sold"));
                    });
        }
        return sums;
    }

    /** Compares all of it, and keeps how many orders are of each verdict. */
    void keep(Payout payout) {
        Map<Verdict, Integer> counts = new HashMap<>();
        long off = 0;
        List<Compared> chunk = chunk(payout, "");
        while (!chunk.isEmpty()) {
            for (Compared one : chunk) {
                counts.merge(one.verdict(), 1, Integer::sum);
                off += one.off() == null ? 0 : one.off().minor();
            }
            chunk = chunk(payout, chunk.getLast().orderExternalId());
        }
        keep(payout.connectionId(), payout.externalId(), counts, off);
    }

    private void keep(UUID connection, String external, Map<Verdict, Integer> counts, long off) {
        jdbc.sql("""
                        update settlement set agree = :agree, differ = :differ, unknown = :unknown, off_minor = :off
                        where connection_id = :connection and external_id = :external""")
                .param("agree", counts.getOrDefault(Verdict.AGREES, 0))
                .param("differ", counts.getOrDefault(Verdict.DIFFERS, 0))
                .param("unknown", counts.getOrDefault(Verdict.UNKNOWN, 0))
                .param("off", off)
                .param("connection", connection)
                .param("external", external)
                .update();
    }

    private static Money money(Payout payout, long minor) {
        return Money.ofMinor(minor, payout.amount().currency().getCurrencyCode());
    }

    /** What one payout moves for one order, in minor units of its currency. */
    private record Part(String order, long sold, long kept, long other) {}
}
