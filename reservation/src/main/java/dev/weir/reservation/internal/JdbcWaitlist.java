package dev.weir.reservation.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.reservation.HoldOutcome;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.Waitlist;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The line in PostgreSQL; whoever changes it has the SKU's row of stock locked, so places are in the order of joining. */
public final class JdbcWaitlist implements Waitlist {
    private static final String INSERT =
            "insert into waitlist (id, brand, sku, show_id, idempotency_key, request_hash, buyer,"
                    + " quantity, unit_minor, currency, attribution, hold_id, hold_key, token_hash, joined_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?) on conflict do nothing";
    private static final String FIND =
            "select w.*, case when w.state <> 'WAITING' then 0 else (select count(*) from waitlist a"
                    + " where a.brand = w.brand and a.sku = w.sku and a.state = 'WAITING' and a.place <= w.place) end as position"
                    + " from waitlist w where id = ?";
    private static final String LEAVE =
            "update waitlist set state = 'LEFT', ended_at = ? where id = ? and state = 'WAITING'";

    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final Gate gate;
    private final Secrets secrets;
    private final TransactionTemplate joining;

    /** {@code joining} takes part in the caller's transaction. */
    public JdbcWaitlist(Ledger ledger, Gate gate, Secrets secrets, TransactionTemplate joining) {
        this.ledger = ledger;
        this.jdbc = ledger.jdbc();
        this.gate = gate;
        this.secrets = secrets;
        this.joining = joining;
    }

    @Override
    public JoinOutcome join(HoldRequest request) {
        if (request.lines().size() != 1) {
            throw new IllegalArgumentException("lines: " + request.lines().size() + " (expected: the one waited for)");
        }
        return Objects.requireNonNull(joining.execute(status -> joinNow(request, ledger.now())));
    }

    @Override
    public Optional<Entry> find(UUID id) {
        return row(id).map(Row::entry);
    }

    @Override
    public boolean leave(UUID id) {
        return Boolean.TRUE.equals(joining.execute(status -> leaveNow(id, ledger.now())));
    }

    private JoinOutcome joinNow(HoldRequest request, Instant now) {
        HoldRequest.Line line = request.lines().getFirst();
        Ask ask = Ask.waiting(request, secrets, now);
        StockBook book = ledger.open(request.brand(), List.of(line.sku()), now);
        JoinOutcome outcome = repeated(ask).orElseGet(() -> joinLine(ask, line, book, now));
        tellGate(request.brand(), book.flush());
        return outcome;
    }

    private Optional<JoinOutcome> repeated(Ask ask) {
        return row(entryId(ask))
                .map(row -> MessageDigest.isEqual(row.hash(), ask.hash())
                        ? new JoinOutcome.Joined(row.entry(), true)
                        : new JoinOutcome.Refused(
                                new HoldOutcome.KeyReused(ask.request().idempotencyKey())));
    }

    private JoinOutcome joinLine(Ask ask, HoldRequest.Line line, StockBook book, Instant now) {
        StockRow row = book.row(line.sku());
        if (row == null || !row.rules().fair()) {
            return new JoinOutcome.NoLine(line.sku());
        }
        if (row.free() >= line.quantity()) {
            return new JoinOutcome.NotSoldOut(line.sku(), row.free());
        }
        HoldOutcome refusal = new BuyerShares(jdbc, ask.brand(), book, List.of(ask), now).refusal(ask);
        if (refusal != null) {
            return new JoinOutcome.Refused(refusal);
        }
        UUID id = entryId(ask);
        if (jdbc.update(INSERT, values(id, ask, line, now)) == 0) {
            return new JoinOutcome.AlreadyWaiting(line.sku());
        }
        book.queue(line.sku(), 1, "waitlist/" + id);
        return new JoinOutcome.Joined(row(id).orElseThrow().entry(), false);
    }

    private boolean leaveNow(UUID id, Instant now) {
        Optional<Row> row = row(id);
        if (row.isEmpty()) {
            return false;
        }
        Entry entry = row.get().entry();
        StockBook book = ledger.open(entry.brand(), List.of(entry.sku()), now);
        boolean left = jdbc.update(LEAVE, Sql.at(now), id) == 1;
        if (left) {
            book.queue(entry.sku(), -1, "waitlist/" + id);
        }
        tellGate(entry.brand(), book.flush());
        return left
                || row(id).filter(after -> after.entry().state() != State.OFFERED)
                        .isPresent();
    }

    /** A key of the line is no key of a hold: one tap may be refused and then waited for under the same key. */
    private UUID entryId(Ask ask) {
        return secrets.holdId(ask.brand(), "entry\0" + ask.request().idempotencyKey());
    }

    private Object[] values(UUID id, Ask ask, HoldRequest.Line line, Instant now) {
        HoldRequest request = ask.request();
        String holdKey = Ask.WAITLIST_KEYS + id;
        UUID hold = secrets.holdId(ask.brand(), holdKey);
        return new Object[] {
            id,
            ask.brand(),
            line.sku().value(),
            request.showId(),
            request.idempotencyKey(),
            ask.hash(),
            request.buyer(),
            line.quantity(),
            line.unitPrice().minor(),
            line.unitPrice().currency().getCurrencyCode(),
            ask.attribution(),
            hold,
            holdKey,
            Secrets.sha256(secrets.token(hold)),
            Sql.at(now)
        };
    }

    private void tellGate(String brand, List<StockRow> rows) {
        List<Gate.Settled> changes = rows.stream()
                .map(row -> new Gate.Settled(row.sku(), row, null, 0, null))
                .toList();
        AfterCommit.run(() -> gate.settle(brand, changes));
    }

    private record Row(Entry entry, byte[] hash) {}

    private Optional<Row> row(UUID id) {
        return jdbc.query(FIND, (rs, n) -> row(rs), id).stream().findFirst();
    }

    private Row row(ResultSet rs) throws SQLException {
        State state = State.valueOf(rs.getString("state"));
        @Nullable UUID hold = state == State.OFFERED ? rs.getObject("hold_id", UUID.class) : null;
        Entry entry = new Entry(
                rs.getObject("id", UUID.class),
                rs.getString("brand"),
                rs.getObject("show_id", UUID.class),
                new Sku(rs.getString("sku")),
                rs.getInt("quantity"),
                Money.ofMinor(rs.getLong("unit_minor"), rs.getString("currency")),
                state,
                rs.getLong("place"),
                rs.getInt("position"),
                Sql.instant(rs, "joined_at"),
                hold,
                hold == null ? null : secrets.token(hold));
        return new Row(entry, rs.getBytes("request_hash"));
    }
}
