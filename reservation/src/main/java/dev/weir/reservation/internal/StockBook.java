package dev.weir.reservation.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import dev.weir.reservation.FairnessRules;
import dev.weir.reservation.PreOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What happens to a brand's stock in this transaction? Rows are locked in order of SKU (so two transactions never wait for
 * each other), moved in memory, and written once with their movements and events. For one transaction and one thread.
 */
final class StockBook {
    private static final String LOCK = "select sku, on_hand, held, sold, allocated, version, fair, paying_percent,"
            + " buyer_cap, buyer_needed, waiting, pre_order, ships_from from stock"
            + " where brand = ? and sku = any(?) order by sku for update";
    private static final String UPDATE = "update stock set on_hand = ?, held = ?, sold = ?, allocated = ?, version = ?,"
            + " fair = ?, paying_percent = ?, buyer_cap = ?, buyer_needed = ?, pre_order = ?, ships_from = ?, waiting = ?,"
            + " updated_at = ? where brand = ? and sku = ? and version = ?";
    private static final String MOVE = "insert into stock_movement"
            + " (brand, sku, kind, on_hand, held, sold, allocated, pre_order, version, hold_id, channel, cause, at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final WaitingLine line;
    private final String brand;
    private final Instant now;
    private final NavigableMap<Sku, StockRow> rows = new TreeMap<>();
    private final List<Movement> movements = new ArrayList<>();

    private StockBook(JdbcTemplate jdbc, Outbox outbox, WaitingLine line, String brand, Instant now) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.line = line;
        this.brand = brand;
        this.now = now;
    }

    /** Locks the rows of {@code skus}; those that do not exist are simply not known to the book. */
    static StockBook lock(
            JdbcTemplate jdbc, Outbox outbox, WaitingLine line, String brand, Instant now, Collection<Sku> skus) {
        StockBook book = new StockBook(jdbc, outbox, line, brand, now);
        jdbc.query(LOCK, StockBook::row, brand, Sql.skus(skus)).forEach(row -> book.rows.put(row.sku(), row));
        return book;
    }

    @Nullable
    StockRow row(Sku sku) {
        return rows.get(sku);
    }

    /** Promises units of a SKU that the book knows to a hold; answers what its buyer is to be told of those to come. */
    Optional<PreOrder> hold(Sku sku, int units, UUID hold, String channel) {
        StockRow before = rows.get(sku);
        move(Movement.hold(sku, units, hold, channel));
        return before == null ? Optional.empty() : before.beyond(units);
    }

    /** Moves units of a SKU that the book knows. */
    void move(Movement movement) {
        StockRow row = rows.get(movement.sku());
        if (row == null) {
            throw new IllegalStateException("sku: " + movement.sku() + " (expected: a locked row of " + brand + ")");
        }
        rows.put(movement.sku(), row.plus(movement));
        movements.add(movement);
    }

    /** Sets the rules of a SKU that the book knows; no unit moves, but the row has a new version. */
    void rule(Sku sku, FairnessRules rules, String cause) {
        StockRow before = rows.get(sku);
        int delta = before == null ? 0 : rules.preOrder() - before.rules().preOrder();
        move(Movement.rules(sku, delta, cause));
        rows.computeIfPresent(sku, (any, row) -> row.withRules(rules));
    }

    /** Moves the number of entries that wait for a SKU that the book knows. */
    void queue(Sku sku, int delta, String cause) {
        move(Movement.waitlist(sku, cause));
        rows.computeIfPresent(sku, (any, row) -> row.withWaiting(delta));
    }

    private WaitingLine.Served serveLine() {
        List<WaitingLine.Handed> handed = new ArrayList<>();
        List<Sku> skus = new ArrayList<>();
        for (StockRow row : List.copyOf(rows.values())) {
            if (row.waiting() > 0 && row.spare() > 0) {
                handed.addAll(line.serve(brand, this, row, now));
                skus.add(row.sku());
            }
        }
        return new WaitingLine.Served(skus, handed);
    }

    /** Serves who waits, then writes what moved: rows, movements and one {@code StockChanged} a SKU. Answers the rows as they now stand. */
    List<StockRow> flush() {
        WaitingLine.Served served = serveLine();
        Map<Sku, StockRow> changed = new LinkedHashMap<>();
        for (Movement movement : movements) {
            changed.computeIfAbsent(movement.sku(), this::nextVersion);
        }
        if (changed.isEmpty()) {
            return List.of();
        }
        List<StockRow> written = List.copyOf(changed.values());
        update(written);
        record(changed);
        written.forEach(this::tell);
        rows.putAll(changed);
        movements.clear();
        line.tell(brand, served, changed);
        return written;
    }

    private StockRow nextVersion(Sku sku) {
        StockRow row = rows.get(sku);
        if (row == null) {
            throw new IllegalStateException("sku: " + sku + " (expected: a locked row of " + brand + ")");
        }
        return row.withVersion(row.version() + 1);
    }

    private void update(List<StockRow> written) {
        int[] counts = jdbc.batchUpdate(
                UPDATE,
                written.stream()
                        .map(r -> new Object[] {
                            r.onHand(),
                            r.held(),
                            r.sold(),
                            r.allocated(),
                            r.version(),
                            r.rules().fair(),
                            r.rules().payingPercent(),
                            r.rules().buyerCap(),
                            r.rules().buyerNeeded(),
                            r.rules().preOrder(),
                            r.rules().shipsFrom(),
                            r.waiting(),
                            Sql.at(now),
                            brand,
                            r.sku().value(),
                            r.version() - 1
                        })
                        .toList());
        for (int count : counts) {
            if (count != 1) {
                throw new OptimisticLockingFailureException("stock of " + brand + " changed under its lock");
            }
        }
    }

    private void record(Map<Sku, StockRow> changed) {
        jdbc.batchUpdate(MOVE, movements, movements.size(), (statement, m) -> {
            StockRow row = changed.get(m.sku());
            Object[] values = {
                brand,
                m.sku().value(),
                m.kind().name(),
                m.onHand(),
                m.held(),
                m.sold(),
                m.allocated(),
                m.preOrder(),
                row == null ? 0 : row.version(),
                m.holdId(),
                m.channel(),
                m.cause(),
                Sql.at(now)
            };
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
        });
    }

    private void tell(StockRow row) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("brand", brand);
        told.put("sku", row.sku().value());
        told.put("available", row.free());
        told.put("preOrder", row.free() - row.ready());
        LocalDate shipsFrom = row.rules().shipsFrom();
        if (shipsFrom != null) {
            told.put("shipsFrom", shipsFrom.toString());
        }
        told.put("line", row.rules().fair());
        told.put("version", row.version());
        told.put("at", now);
        outbox.append(brand, Outbox.STOCK, brand + "/" + row.sku(), "StockChanged", told);
    }

    private static StockRow row(ResultSet rs, int n) throws SQLException {
        return new StockRow(
                new Sku(rs.getString("sku")),
                rs.getInt("on_hand"),
                rs.getInt("held"),
                rs.getInt("sold"),
                rs.getInt("allocated"),
                rs.getLong("version"),
                rs.getInt("waiting"),
                rules(rs));
    }

    static FairnessRules rules(ResultSet rs) throws SQLException {
        return new FairnessRules(
                rs.getBoolean("fair"),
                rs.getInt("paying_percent"),
                rs.getObject("buyer_cap", Integer.class),
                rs.getBoolean("buyer_needed"),
                rs.getInt("pre_order"),
                rs.getObject("ships_from", LocalDate.class));
    }
}
