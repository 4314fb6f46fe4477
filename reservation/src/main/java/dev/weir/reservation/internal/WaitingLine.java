package dev.weir.reservation.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How do units reach those who wait? Every book of stock asks before it is written: what is free of a SKU that is waited for
 * becomes holds of the next in line, in the same transaction. The row of stock is locked, so two hubs never serve one place.
 * Thread-safe.
 */
final class WaitingLine {
    /** Most entries that one transaction serves of a SKU; the sweeper's next call serves the rest. */
    private static final int MOST = 100;

    private static final String NEXT =
            "select id, show_id, buyer, quantity, hold_id, place, attribution ->> 'channel' as channel"
                    + " from waitlist where brand = ? and sku = ? and state = 'WAITING' order by place limit " + MOST;
    private static final String HAS = "select coalesce(sum(u.units), 0)::integer from hold h,"
            + " unnest(h.skus, h.units) as u (sku, units) where h.brand = ? and h.show_id = ? and h.buyer = ? and u.sku = ?"
            + " and (h.state = 'COMMITTED' or h.state in ('HELD', 'PAYING') and h.expires_at > ?)";
    private static final String HOLD =
            "insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash,"
                    + " buyer, state, created_at, expires_at, attribution, skus, units) select hold_id, brand, show_id, hold_key,"
                    + " request_hash, token_hash, buyer, 'HELD', ?, ?, attribution, array[sku], array[quantity] from waitlist"
                    + " where id = ?";
    private static final String LINE = "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor, currency)"
            + " select hold_id, 0, sku, quantity, unit_minor, currency from waitlist where id = ?";
    private static final String END = "update waitlist set state = ?, ended_at = ? where id = ?";

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final Duration holdFor;
    private volatile BiConsumer<String, List<Gate.Settled>> gate = (brand, changes) -> {};

    WaitingLine(JdbcTemplate jdbc, Outbox outbox, Duration holdFor) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.holdFor = holdFor;
    }

    /** Who hears of holds that were handed over, after their commit. */
    void tells(BiConsumer<String, List<Gate.Settled>> listener) {
        gate = listener;
    }

    /** A hold that was made. */
    record Handed(Sku sku, UUID hold, int units, Instant until) {}

    /** What was handed over, and of which SKUs the line was looked at. */
    record Served(List<Sku> skus, List<Handed> handed) {}

    private record Place(
            UUID id, UUID show, @Nullable String buyer, int quantity, UUID hold, long number, String channel) {}

    /** Hands what is free of {@code row} to the next in line; stops at the first who asks for more than there is. */
    List<Handed> serve(String brand, StockBook book, StockRow row, Instant now) {
        List<Handed> handed = new ArrayList<>();
        int spare = row.spare();
        for (Place place : jdbc.query(NEXT, WaitingLine::place, brand, row.sku().value())) {
            if (isOverCap(brand, row, place, now)) {
                jdbc.update(END, "DROPPED", Sql.at(now), place.id());
                book.queue(row.sku(), -1, "waitlist/" + place.id());
                continue;
            }
            if (place.quantity() > spare) {
                break;
            }
            spare -= place.quantity();
            handed.add(hand(brand, book, row.sku(), place, now));
        }
        return handed;
    }

    /** Has the gate know, once the transaction is on disk. */
    void tell(String brand, Served served, Map<Sku, StockRow> written) {
        List<Gate.Settled> changes = new ArrayList<>();
        for (Sku sku : served.skus()) {
            changes.add(new Gate.Settled(sku, written.get(sku), null, 0, null));
        }
        for (Handed one : served.handed()) {
            changes.add(new Gate.Settled(one.sku(), written.get(one.sku()), one.hold(), one.units(), one.until()));
        }
        if (!changes.isEmpty()) {
            AfterCommit.run(() -> gate.accept(brand, changes));
        }
    }

    private Handed hand(String brand, StockBook book, Sku sku, Place place, Instant now) {
        Instant until = now.plus(holdFor);
        jdbc.update(HOLD, Sql.at(now), Sql.at(until), place.id());
        jdbc.update(LINE, place.id());
        jdbc.update(END, "OFFERED", Sql.at(now), place.id());
        book.move(Movement.hold(sku, place.quantity(), place.hold(), place.channel()));
        book.queue(sku, -1, "waitlist/" + place.id());
        // Every viewer of the show may hear this: it names the place, and neither the entry nor its hold. A key of its
        // own, so
        // that it never stands for the level of the SKU.
        outbox.append(
                brand,
                Outbox.STOCK,
                brand + "/" + sku + "/waitlist",
                "WaitlistServed",
                Map.of(
                        "brand", brand,
                        "showId", place.show().toString(),
                        "sku", sku.value(),
                        "place", place.number(),
                        "at", now));
        return new Handed(sku, place.hold(), place.quantity(), until);
    }

    private boolean isOverCap(String brand, StockRow row, Place place, Instant now) {
        Integer cap = row.rules().buyerCap();
        if (cap == null || place.buyer() == null) {
            return false;
        }
        Integer has = jdbc.queryForObject(
                HAS,
                Integer.class,
                brand,
                place.show(),
                place.buyer(),
                row.sku().value(),
                Sql.at(now));
        return has != null && (long) has + place.quantity() > cap;
    }

    private static Place place(ResultSet rs, int n) throws SQLException {
        return new Place(
                rs.getObject("id", UUID.class),
                rs.getObject("show_id", UUID.class),
                rs.getString("buyer"),
                rs.getInt("quantity"),
                rs.getObject("hold_id", UUID.class),
                rs.getLong("place"),
                rs.getString("channel"));
    }
}
