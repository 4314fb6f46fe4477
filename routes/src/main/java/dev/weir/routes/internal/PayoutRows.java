package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Money;
import dev.weir.connectors.Outbox;
import dev.weir.connectors.Settlements;
import dev.weir.connectors.Settlements.Statement;
import dev.weir.routes.Payouts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Where are statements kept? The tables {@code settlement} and {@code settlement_line}; the newest statement replaces its older self. */
public final class PayoutRows implements Payouts {
    private static final int MOST_LINES = 10_000;

    /** Orders that one page of a comparison looks at. */
    private static final int MOST_LOOKED = 2_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Outbox outbox;
    private final Clock clock;
    private final PayoutReads reads;
    private final PayoutCheck check;

    PayoutRows(Wiring wiring, Outbox outbox) {
        this.reads = new PayoutReads(wiring.jdbc());
        this.check = new PayoutCheck(wiring.jdbc(), wiring.orders());
        this.outbox = outbox;
        this.jdbc = wiring.jdbc();
        this.transaction = wiring.transaction();
        this.clock = wiring.clock();
    }

    /** Keeps the statement, and how it compares with the books. */
    void put(Connection connection, Statement statement) {
        keep(connection, statement);
        reads.find(connection.brand(), connection.id(), statement.externalId()).ifPresent(check::keep);
    }

    private void keep(Connection connection, Statement statement) {
        transaction.executeWithoutResult(status -> {
            boolean isNews = isNews(connection, statement);
            jdbc.sql("""
                            insert into settlement (connection_id, external_id, brand, channel, stated_at, paid_at,
                              amount_minor, currency, read_at)
                            values (:connection, :external, :brand, :channel, :at, :paid, :amount, :currency, :now)
                            on conflict (connection_id, external_id) do update set stated_at = excluded.stated_at,
                              paid_at = coalesce(excluded.paid_at, settlement.paid_at),
                              amount_minor = excluded.amount_minor, currency = excluded.currency,
                              read_at = excluded.read_at""")
                    .param("connection", connection.id())
                    .param("external", statement.externalId())
                    .param("brand", connection.brand())
                    .param("channel", connection.channel())
                    .param("at", Sql.at(statement.at()))
                    .param("paid", Sql.orNull(statement.paidAt()))
                    .param("amount", statement.amount().minor())
                    .param("currency", statement.amount().currency().getCurrencyCode())
                    .param("now", Sql.at(clock.instant()))
                    .update();
            jdbc.sql("delete from settlement_line where connection_id = :connection and external_id = :external")
                    .param("connection", connection.id())
                    .param("external", statement.externalId())
                    .update();
            for (int i = 0; i < statement.lines().size(); i++) {
                insert(connection, statement, i);
            }
            if (isNews) {
                tell(connection, statement);
            }
        });
    }

    /** Statements are read again and again; what was told of one stands until it says something else. */
    private boolean isNews(Connection connection, Statement statement) {
        return jdbc.sql("""
                        select count(*) from settlement where connection_id = :connection and external_id = :external
                          and amount_minor = :amount and currency = :currency and stated_at = :at
                          and paid_at is not distinct from coalesce(cast(:paid as timestamptz), paid_at)""")
                        .param("connection", connection.id())
                        .param("external", statement.externalId())
                        .param("amount", statement.amount().minor())
                        .param("currency", statement.amount().currency().getCurrencyCode())
                        .param("at", Sql.at(statement.at()))
                        .param("paid", Sql.orNull(statement.paidAt()))
                        .query(Integer.class)
                        .single()
                == 0;
    }

    private void tell(Connection connection, Statement statement) {
        Map<String, Object> told = new HashMap<>(Map.of(
                "connectionId", connection.id().toString(),
                "externalId", statement.externalId(),
                "channel", connection.channel(),
                "statedAt", statement.at(),
                "amount",
                        Map.of(
                                "amount", statement.amount().amount(),
                                "currency", statement.amount().currency().getCurrencyCode())));
        if (statement.paidAt() != null) {
            told.put("paidAt", statement.paidAt());
        }
        String key = connection.id() + "/" + statement.externalId();
        outbox.append(connection.brand(), Outbox.MONEY, key, "PayoutStated", told);
    }

    private void insert(Connection connection, Statement statement, int position) {
        Settlements.Line line = statement.lines().get(position);
        if (!line.amount().currency().equals(statement.amount().currency())) {
            throw new IllegalArgumentException("amount: " + line.amount() + " in statement " + statement.externalId()
                    + " (expected: " + statement.amount().currency() + ")");
        }
        jdbc.sql("""
                        insert into settlement_line (connection_id, external_id, position, order_external_id, kind,
                          part, amount_minor)
                        values (:connection, :external, :position, :order, :kind, :part, :amount)""")
                .param("connection", connection.id())
                .param("external", statement.externalId())
                .param("position", position)
                .param("order", line.orderExternalId())
                .param("kind", line.kind())
                .param("part", line.part().name())
                .param("amount", line.amount().minor())
                .update();
    }

    @Override
    public Page list(String brand, Instant from, Instant to, @Nullable String cursor, int limit) {
        List<Payout> found = reads.newest(brand, from, to, cursor, limit + 1);
        return found.size() <= limit
                ? new Page(found, null)
                : new Page(found.subList(0, limit), PayoutReads.cursor(found.get(limit - 1)));
    }

    @Override
    public Optional<Comparison> compare(
            String brand,
            UUID connectionId,
            String externalId,
            @Nullable Verdict only,
            @Nullable String cursor,
            int limit) {
        return reads.find(brand, connectionId, externalId)
                .map(payout -> page(payout, only, cursor == null ? "" : cursor, limit));
    }

    private Comparison page(Payout payout, @Nullable Verdict only, String cursor, int limit) {
        List<Compared> items = new ArrayList<>();
        String after = cursor;
        for (int looked = 0; looked < MOST_LOOKED; looked += PayoutCheck.CHUNK) {
            List<Compared> chunk = check.chunk(payout, after);
            for (Compared one : chunk) {
                after = one.orderExternalId();
                if (only == null || one.verdict() == only) {
                    items.add(one);
                }
                if (items.size() == limit) {
                    boolean isLast = chunk.size() < PayoutCheck.CHUNK && one.equals(chunk.getLast());
                    return new Comparison(payout, items, isLast ? null : after);
                }
            }
            if (chunk.size() < PayoutCheck.CHUNK) {
                return new Comparison(payout, items, null);
            }
        }
        return new Comparison(payout, items, after);
    }

    @Override
    public List<Line> lines(String brand, UUID connectionId, String externalId) {
        return jdbc.sql("""
                        select l.order_external_id, l.kind, l.part, l.amount_minor, s.currency from settlement_line l
                        join settlement s on s.connection_id = l.connection_id and s.external_id = l.external_id
                        where s.brand = :brand and s.connection_id = :connection and s.external_id = :external
                        order by l.position limit :most""")
                .param("brand", brand)
                .param("connection", connectionId)
                .param("external", externalId)
                .param("most", MOST_LINES)
                .query((row, n) -> new Line(
                        row.getString("order_external_id"),
                        row.getString("kind"),
                        Settlements.Part.valueOf(row.getString("part")),
                        Money.ofMinor(row.getLong("amount_minor"), row.getString("currency"))))
                .list();
    }
}
