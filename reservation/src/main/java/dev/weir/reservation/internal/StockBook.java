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
    private static final String UPDATE = "update stock s set on_hand = n.on_hand, held = n.held, sold = n.sold,"
            + " allocated = n.allocated, version = n.version, fair = n.fair, paying_percent = n.paying_percent,"
            + " buyer_cap = n.buyer_cap, buyer_needed = n.buyer_needed, pre_order = n.pre_order,"
            + " ships_from = n.ships_from, waiting = n.waiting, updated_at = ?"
            + " from unnest(?::text[], ?::integer[], ?::integer[], ?::integer[], ?::integer[], ?::bigint[],"
            + " ?::boolean[], ?::integer[], ?::integer[], ?::boolean[], ?::integer[], ?::date[], ?::integer[])"
            + " as n (sku, on_hand, held, sold, allocated, version, fair, paying_percent, buyer_cap, buyer_needed,"
            + " pre_order, ships_from, waiting)"
            + " where s.brand = ? and s.sku = n.sku and s.version = n.version - 1";
    private static final String MOVE = "insert into stock_movement"
            + " (brand, sku, kind, on_hand, held, sold, allocated, pre_order, version, hold_id, channel, cause, at)"
            + " select ?, sku, kind, on_hand, held, sold, allocated, pre_order, version, hold_id, channel, cause, ?"
            + " from unnest(?::text[], ?::text[], ?::integer[], ?::integer[], ?::integer[], ?::integer[],"
            + " ?::integer[], ?::bigint[], ?::uuid[], ?::text[], ?::text[]) with ordinality"
            + " as m (sku, kind, on_hand, held, sold, allocated, pre_order, version, hold_id, channel, cause, place)"
            + " order by place";

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

    /** Locks the rows of {@code skus} once {@code journey} goes; those that do not exist are simply not known to the book. */
    static StockBook ask(
            Journey journey,
            JdbcTemplate jdbc,
            Outbox outbox,
            WaitingLine line,
            String brand,
            Instant now,
            Collection<Sku> skus) {
        StockBook book = new StockBook(jdbc, outbox, line, brand, now);
        journey.ask(LOCK, book::add, brand, Sql.skus(skus));
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
        return flush(new Journey());
    }

    /** As {@link #flush()}, after what {@code journey} has to do. */
    List<StockRow> flush(Journey journey) {
        WaitingLine.Served served = serveLine();
        Map<Sku, StockRow> changed = new LinkedHashMap<>();
        for (Movement movement : movements) {
            changed.computeIfAbsent(movement.sku(), this::nextVersion);
        }
        if (changed.isEmpty()) {
            journey.go(jdbc);
            return List.of();
        }
        List<StockRow> written = List.copyOf(changed.values());
        update(journey, written);
        record(journey, changed);
        outbox.appending(written.stream().map(this::news).toList())
                .ifPresent(insert -> journey.change(
                        insert.sql(), count -> {}, insert.parameters().toArray()));
        journey.go(jdbc);
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

    private void update(Journey journey, List<StockRow> written) {
        journey.change(
                UPDATE,
                count -> requireAll(written, count),
                Sql.at(now),
                Sql.column(String[]::new, written, row -> row.sku().value()),
                Sql.column(Integer[]::new, written, StockRow::onHand),
                Sql.column(Integer[]::new, written, StockRow::held),
                Sql.column(Integer[]::new, written, StockRow::sold),
                Sql.column(Integer[]::new, written, StockRow::allocated),
                Sql.column(Long[]::new, written, StockRow::version),
                Sql.column(Boolean[]::new, written, row -> row.rules().fair()),
                Sql.column(Integer[]::new, written, row -> row.rules().payingPercent()),
                Sql.column(Integer[]::new, written, row -> row.rules().buyerCap()),
                Sql.column(Boolean[]::new, written, row -> row.rules().buyerNeeded()),
                Sql.column(Integer[]::new, written, row -> row.rules().preOrder()),
                Sql.column(String[]::new, written, row -> Sql.text(row.rules().shipsFrom())),
                Sql.column(Integer[]::new, written, StockRow::waiting),
                brand);
    }

    private void requireAll(List<StockRow> written, int updated) {
        if (updated != written.size()) {
            throw new OptimisticLockingFailureException("stock of " + brand + " changed under its lock");
        }
    }

    private void record(Journey journey, Map<Sku, StockRow> changed) {
        journey.change(
                MOVE,
                count -> {},
                brand,
                Sql.at(now),
                Sql.column(String[]::new, movements, m -> m.sku().value()),
                Sql.column(String[]::new, movements, m -> m.kind().name()),
                Sql.column(Integer[]::new, movements, Movement::onHand),
                Sql.column(Integer[]::new, movements, Movement::held),
                Sql.column(Integer[]::new, movements, Movement::sold),
                Sql.column(Integer[]::new, movements, Movement::allocated),
                Sql.column(Integer[]::new, movements, Movement::preOrder),
                Sql.column(Long[]::new, movements, m -> version(changed, m)),
                Sql.column(String[]::new, movements, m -> Sql.text(m.holdId())),
                Sql.column(String[]::new, movements, Movement::channel),
                Sql.column(String[]::new, movements, Movement::cause));
    }

    private static long version(Map<Sku, StockRow> changed, Movement movement) {
        StockRow row = changed.get(movement.sku());
        return row == null ? 0 : row.version();
    }

    private Outbox.Event news(StockRow row) {
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
        return new Outbox.Event(brand, Outbox.STOCK, brand + "/" + row.sku(), "StockChanged", told);
    }

    private void add(ResultSet rs) throws SQLException {
        Sku sku = new Sku(rs.getString("sku"));
        rows.put(sku, row(sku, rs));
    }

    private static StockRow row(Sku sku, ResultSet rs) throws SQLException {
        return new StockRow(
                sku,
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
