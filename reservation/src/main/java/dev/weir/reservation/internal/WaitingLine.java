package dev.weir.reservation.internal;

import dev.weir.connectors.Outbox;
import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * How do units reach those who wait? Every book of stock asks before it is written: what is free of a SKU that is waited for
 * becomes holds of the next in line, in the same transaction. The row of stock is locked, so two hubs never serve one place.
 * Thread-safe.
 */
final class WaitingLine {
    /** Most entries that one transaction serves of a SKU; the sweeper goes on at once. */
    private static final int MOST = 500;

    private static final String NEXT =
            "select id, show_id, buyer, quantity, hold_id, place, attribution ->> 'channel' as channel"
                    + " from waitlist where brand = ? and sku = ? and state = 'WAITING' order by place limit " + MOST;
    private static final String LEFT = "select s.brand, s.sku from stock s where s.waiting > 0"
            + " and s.on_hand + s.pre_order - s.held - s.sold - s.allocated >= (select w.quantity from waitlist w"
            + " where w.brand = s.brand and w.sku = s.sku and w.state = 'WAITING' order by w.place limit 1)"
            + " order by s.brand, s.sku limit ?";
    private static final String HAS = "select h.show_id, h.buyer, sum(u.units)::integer as units from hold h,"
            + " unnest(h.skus, h.units) as u (sku, units) where h.brand = ? and h.show_id = any(?::uuid[])"
            + " and h.buyer = any(?) and u.sku = ? and (h.state = 'COMMITTED'"
            + " or h.state in ('HELD', 'PAYING') and h.expires_at > ?) group by h.show_id, h.buyer";
    private static final String HOLD =
            "insert into hold (id, brand, show_id, idempotency_key, request_hash, token_hash,"
                    + " buyer, state, created_at, expires_at, attribution, skus, units, pre_order) select w.hold_id, w.brand,"
                    + " w.show_id, w.hold_key, w.request_hash, w.token_hash, w.buyer, 'HELD', ?, ?, w.attribution, array[w.sku],"
                    + " array[w.quantity], t.told::jsonb from unnest(?::uuid[], ?::text[]) as t (id, told)"
                    + " join waitlist w on w.id = t.id";
    private static final String LINE = "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor, currency)"
            + " select hold_id, 0, sku, quantity, unit_minor, currency from waitlist where id = any(?::uuid[])";
    private static final String END = "update waitlist set state = ?, ended_at = ? where id = any(?::uuid[])";

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

    /** A SKU of which free units and those who wait for them are both left. */
    record Left(String brand, Sku sku) {}

    private record Place(
            UUID id, UUID show, @Nullable String buyer, int quantity, UUID hold, long number, String channel) {}

    private record Share(UUID show, String buyer) {}

    /** Where a transaction could not serve all; cheap when nobody waits. */
    List<Left> left(int limit) {
        return jdbc.query(LEFT, (rs, n) -> new Left(rs.getString("brand"), new Sku(rs.getString("sku"))), limit);
    }

    /** Hands what is free of {@code row} to the next in line; stops at the first who asks for more than there is. */
    List<Handed> serve(String brand, StockBook book, StockRow row, Instant now) {
        List<Place> next = jdbc.query(NEXT, WaitingLine::place, brand, row.sku().value());
        Map<Share, Integer> has = has(brand, row, next, now);
        List<Place> dropped = new ArrayList<>();
        List<Place> served = new ArrayList<>();
        int spare = row.spare();
        for (Place place : next) {
            if (isOverCap(row, place, has)) {
                dropped.add(place);
            } else if (place.quantity() > spare) {
                break;
            } else {
                spare -= place.quantity();
                served.add(place);
            }
        }
        end("DROPPED", dropped, book, row.sku(), now);
        return hand(brand, book, row.sku(), served, now);
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

    private List<Handed> hand(String brand, StockBook book, Sku sku, List<Place> served, Instant now) {
        if (served.isEmpty()) {
            return List.of();
        }
        Instant until = now.plus(holdFor);
        String[] ids = ids(served);
        @Nullable String[] told = new @Nullable String[served.size()];
        for (int i = 0; i < told.length; i++) {
            Place place = served.get(i);
            told[i] = PreOrders.json(book.hold(sku, place.quantity(), place.hold(), place.channel()).stream()
                    .toList());
        }
        jdbc.update(HOLD, Sql.at(now), Sql.at(until), ids, told);
        jdbc.update(LINE, (Object) ids);
        end("OFFERED", served, book, sku, now);
        Map<UUID, Long> last = new TreeMap<>();
        served.forEach(place -> last.merge(place.show(), place.number(), Math::max));
        last.forEach((show, number) -> push(brand, sku, show, number, now));
        return served.stream()
                .map(place -> new Handed(sku, place.hold(), place.quantity(), until))
                .toList();
    }

    private void end(String state, List<Place> places, StockBook book, Sku sku, Instant now) {
        if (!places.isEmpty()) {
            jdbc.update(END, state, Sql.at(now), ids(places));
            places.forEach(place -> book.queue(sku, -1, "waitlist/" + place.id()));
        }
    }

    /**
     * Every viewer of the show may hear this: it names the last place that was served, and neither entries nor holds. A key of
     * its own, so that it never stands for the level of the SKU.
     */
    private void push(String brand, Sku sku, UUID show, long place, Instant now) {
        outbox.append(
                brand,
                Outbox.STOCK,
                brand + "/" + sku + "/waitlist/" + show,
                "WaitlistServed",
                Map.of("brand", brand, "showId", show.toString(), "sku", sku.value(), "place", place, "at", now));
    }

    private static String[] ids(List<Place> places) {
        return Sql.ids(places.stream().map(Place::id).toList());
    }

    /** A buyer waits for a SKU once in a show, so what is handed over now changes nobody else's share. */
    private Map<Share, Integer> has(String brand, StockRow row, List<Place> places, Instant now) {
        Map<Share, Integer> has = new HashMap<>();
        if (row.rules().buyerCap() != null) {
            jdbc.query(
                    HAS,
                    (RowCallbackHandler) rs -> has.put(
                            new Share(rs.getObject("show_id", UUID.class), rs.getString("buyer")), rs.getInt("units")),
                    brand,
                    Sql.ids(places.stream().map(Place::show).distinct().toList()),
                    places.stream()
                            .map(Place::buyer)
                            .filter(Objects::nonNull)
                            .distinct()
                            .toArray(String[]::new),
                    row.sku().value(),
                    Sql.at(now));
        }
        return has;
    }

    private static boolean isOverCap(StockRow row, Place place, Map<Share, Integer> has) {
        Integer cap = row.rules().buyerCap();
        String buyer = place.buyer();
        return cap != null
                && buyer != null
                && (long) has.getOrDefault(new Share(place.show(), buyer), 0) + place.quantity() > cap;
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
