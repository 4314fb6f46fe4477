package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import dev.weir.reservation.StockHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the movements. What a SKU had after each follows from its counters, walking back: one statement, one snapshot. */
public final class JdbcStockHistory implements StockHistory {
    private static final String COLUMNS =
            "m.id, m.sku, m.kind, m.on_hand, m.held, m.sold, m.allocated, m.pre_order, m.version, m.hold_id, m.channel, m.cause, m.at";
    private static final String OF_SKU = "select " + COLUMNS + ", s.on_hand - n.on_hand as now_on_hand,"
            + " s.held - n.held as now_held, s.sold - n.sold as now_sold, s.allocated - n.allocated as now_allocated,"
            + " s.pre_order - n.pre_order as now_pre_order"
            + " from stock s cross join lateral (select coalesce(sum(x.on_hand), 0) as on_hand,"
            + " coalesce(sum(x.held), 0) as held, coalesce(sum(x.sold), 0) as sold,"
            + " coalesce(sum(x.allocated), 0) as allocated, coalesce(sum(x.pre_order), 0) as pre_order from stock_movement x"
            + " where x.brand = s.brand and x.sku = s.sku and x.id >= ?) n"
            + " join stock_movement m on m.brand = s.brand and m.sku = s.sku and m.id < ?"
            + " where s.brand = ? and s.sku = ? order by m.id desc limit ?";
    private static final String OF_HOLD =
            "select " + COLUMNS + " from stock_movement m where m.hold_id = ? order by m.id limit " + MOST;
    private static final String STAGES =
            "select epoch, seq, state, created_at, paying_at, ended_at, expires_at from hold where id = ?";

    private final JdbcTemplate jdbc;
    private final Ledger ledger;

    /** Over the ledger's database. */
    public JdbcStockHistory(Ledger ledger) {
        this.jdbc = ledger.jdbc();
        this.ledger = ledger;
    }

    @Override
    public List<Moved> ofSku(String brand, Sku sku, long before, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MOST + ")");
        }
        List<Moved> moved = new ArrayList<>();
        jdbc.query(
                OF_SKU,
                rs -> {
                    moved.add(moved(rs, after(rs, moved)));
                },
                before,
                before,
                brand,
                sku.value(),
                limit);
        return moved;
    }

    private static Units after(ResultSet rs, List<Moved> newer) throws SQLException {
        if (newer.isEmpty()) {
            return new Units(
                    rs.getInt("now_on_hand"),
                    rs.getInt("now_held"),
                    rs.getInt("now_sold"),
                    rs.getInt("now_allocated"),
                    rs.getInt("now_pre_order"));
        }
        Moved next = newer.getLast();
        Units then = next.after();
        if (then == null) {
            throw new IllegalStateException("movement " + next.id() + ": no units after it (expected: some)");
        }
        return then.minus(next.by());
    }

    @Override
    public Optional<HoldLife> ofHold(String brand, UUID id) {
        Instant now = ledger.now();
        return ledger.holds()
                .byId(id, now)
                .map(HoldRow::hold)
                .filter(hold -> hold.brand().equals(brand))
                .flatMap(hold -> jdbc.query(STAGES, (rs, n) -> life(hold, rs, now, movements(id)), id).stream()
                        .findFirst());
    }

    private List<Moved> movements(UUID hold) {
        return jdbc.query(OF_HOLD, (rs, n) -> moved(rs, null), hold);
    }

    private static HoldLife life(Hold hold, ResultSet rs, Instant now, List<Moved> movements) throws SQLException {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage(Hold.State.HELD, Sql.instant(rs, "created_at")));
        instant(rs, "paying_at").ifPresent(at -> stages.add(new Stage(Hold.State.PAYING, at)));
        Hold.State stored = Hold.State.valueOf(rs.getString("state"));
        Hold.State state = HoldRow.asOf(now, stored, Sql.instant(rs, "expires_at"));
        if (state != Hold.State.HELD && state != Hold.State.PAYING) {
            // One past its time that nobody has swept yet ended when its time did.
            stages.add(new Stage(state, instant(rs, "ended_at").orElse(Sql.instant(rs, "expires_at"))));
        }
        return new HoldLife(hold, rs.getLong("epoch"), rs.getLong("seq"), stages, movements);
    }

    private static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
        return Optional.ofNullable(rs.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Moved moved(ResultSet rs, @Nullable Units after) throws SQLException {
        return new Moved(
                rs.getLong("id"),
                new Sku(rs.getString("sku")),
                rs.getString("kind"),
                new Units(
                        rs.getInt("on_hand"),
                        rs.getInt("held"),
                        rs.getInt("sold"),
                        rs.getInt("allocated"),
                        rs.getInt("pre_order")),
                after,
                rs.getLong("version"),
                rs.getObject("hold_id", UUID.class),
                rs.getString("channel"),
                rs.getString("cause"),
                Sql.instant(rs, "at"));
    }
}
