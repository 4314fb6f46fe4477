package dev.weir.orders.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.orders.OrderBook;
import dev.weir.orders.OrderBook.Owed;
import dev.weir.orders.OrderView;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was booked? Append-only; the database refuses an entry that does not sum to zero per currency. */
final class Journal {
    private static final int MOST_OWED = 1_000;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Clock clock;

    Journal(JdbcClient jdbc, Outbox outbox, Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Writes one entry, and tells of it.
     *
     * @param kind {@code sale}, {@code reversal} or {@code refund}
     * @param key a second entry of this key is refused by the database
     */
    void post(OrderView order, String kind, String key, Instant at, List<Posting> postings) {
        UUID entry = UUID.randomUUID();
        jdbc.sql("""
                        insert into journal_entry (id, brand, order_id, kind, idempotency_key, at, recorded_at)
                        values (:id, :brand, :order, :kind, :key, :at, :now)""")
                .param("id", entry)
                .param("brand", order.brand())
                .param("order", order.id())
                .param("kind", kind)
                .param("key", key)
                .param("at", Sql.at(at))
                .param("now", Sql.at(Sql.now(clock)))
                .update();
        for (int i = 0; i < postings.size(); i++) {
            insert(entry, i, order, postings.get(i));
        }
        tell(order, entry, kind, at, postings);
    }

    private void tell(OrderView order, UUID entry, String kind, Instant at, List<Posting> postings) {
        String currency = order.total().currency().getCurrencyCode();
        Map<String, Object> told = new HashMap<>(Map.of(
                "entryId", entry.toString(),
                "orderId", order.id().toString(),
                "kind", kind,
                "happenedAt", at,
                "channel", order.channel(),
                "postings",
                        postings.stream()
                                .map(posting -> told(posting, currency))
                                .toList()));
        UUID showId = order.attribution().showId();
        String host = order.attribution().host();
        if (showId != null) {
            told.put("showId", showId.toString());
        }
        if (host != null) {
            told.put("host", host);
        }
        outbox.append(order.brand(), Outbox.MONEY, order.id().toString(), "JournalPosted", told);
    }

    private static Map<String, Object> told(Posting posting, String currency) {
        Map<String, Object> told = new HashMap<>(Map.of(
                "account", posting.account(),
                "amountMinor", posting.minor(),
                "currency", currency,
                "units", posting.units()));
        Sku sku = posting.sku();
        if (sku != null) {
            told.put("sku", sku.value());
        }
        return told;
    }

    /** What undoes everything booked for the order so far; empty when nothing is left to undo. */
    List<Posting> undoing(UUID orderId) {
        return jdbc.sql("""
                        select p.account, p.sku, -sum(p.amount_minor) as minor, -sum(p.units) as units
                        from posting p join journal_entry e on e.id = p.entry_id
                        where e.order_id = :order group by p.account, p.sku
                        having sum(p.amount_minor) <> 0 or sum(p.units) <> 0
                        order by p.account, p.sku""")
                .param("order", orderId)
                .query((row, n) -> {
                    String sku = row.getString("sku");
                    return new Posting(
                            row.getString("account"),
                            row.getLong("minor"),
                            row.getLong("units"),
                            sku == null ? null : new Sku(sku));
                })
                .list();
    }

    /** What the order's lines brought in less what went back for them, in minor units by SKU. */
    Map<Sku, Long> netOfLines(UUID orderId) {
        Map<Sku, Long> net = new TreeMap<>();
        for (Posting posting : undoing(orderId)) {
            if (posting.sku() != null) {
                net.merge(posting.sku(), posting.minor(), Math::addExact);
            }
        }
        return net;
    }

    /** What is still owed for the order, in minor units. */
    long receivable(OrderView order) {
        return undoing(order.id()).stream()
                .filter(posting -> posting.account().equals(Accounts.receivable(order.channel())))
                .mapToLong(posting -> -posting.minor())
                .sum();
    }

    /** As {@link OrderBook#owed}. */
    Map<String, Owed> owed(UUID connectionId, Collection<String> externalIds) {
        if (externalIds.size() > MOST_OWED) {
            throw new IllegalArgumentException(
                    "externalIds: " + externalIds.size() + " (expected: at most " + MOST_OWED + ")");
        }
        Map<String, Owed> owed = new HashMap<>();
        if (!externalIds.isEmpty()) {
            jdbc.sql("""
                            select o.id, o.external_id, o.state, o.currency, coalesce(sum(p.amount_minor), 0) as minor
                            from orders o left join journal_entry e on e.order_id = o.id
                              left join posting p on p.entry_id = e.id and p.account like :receivable
                            where o.connection_id = :connection and o.external_id in (:ids) group by o.id""")
                    .param("receivable", Accounts.receivable("%"))
                    .param("connection", connectionId)
                    .param("ids", externalIds)
                    .query(row -> {
                        owed.put(
                                row.getString("external_id"),
                                new Owed(
                                        row.getObject("id", UUID.class),
                                        OrderView.State.valueOf(row.getString("state")),
                                        Money.ofMinor(row.getLong("minor"), row.getString("currency"))));
                    });
        }
        return owed;
    }

    private void insert(UUID entry, int position, OrderView order, Posting posting) {
        Sku sku = posting.sku();
        jdbc.sql("""
                        insert into posting (entry_id, position, account, amount_minor, currency, units, channel,
                          show_id, host, sku)
                        values (:entry, :position, :account, :minor, :currency, :units, :channel, :show, :host, :sku)""")
                .param("entry", entry)
                .param("position", position)
                .param("account", posting.account())
                .param("minor", posting.minor())
                .param("currency", order.total().currency().getCurrencyCode())
                .param("units", posting.units())
                .param("channel", order.channel())
                .param("show", order.attribution().showId())
                .param("host", order.attribution().host())
                .param("sku", sku == null ? null : sku.value())
                .update();
    }
}
