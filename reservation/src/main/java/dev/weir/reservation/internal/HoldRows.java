package dev.weir.reservation.internal;

import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Hold;
import dev.weir.reservation.HoldRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Which holds are in the ledger? Reads and inserts; the moves between states are {@link HoldMoves}'. */
final class HoldRows {
    private static final String SELECT = "select id, brand, show_id, idempotency_key, request_hash, token_hash, state,"
            + " created_at, expires_at, attribution::text as attribution, skus, units,"
            + " pre_order::text as pre_order from hold where ";
    private static final String UNITS = "select id, skus, units from hold where id = any(?::uuid[])";
    private static final String LINES = "select hold_id, sku, quantity, unit_minor, currency from hold_line"
            + " where hold_id = any(?::uuid[]) order by hold_id, line_no";
    private static final String INSERT = "insert into hold (id, brand, show_id, idempotency_key, request_hash,"
            + " token_hash, buyer, state, created_at, expires_at, attribution, epoch, seq, skus, units,"
            + " pre_order) values (?, ?, ?, ?, ?, ?, ?, 'HELD', ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb) on conflict do nothing";
    private static final String INSERT_LINE = "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor,"
            + " currency) values (?, ?, ?, ?, ?, ?)";

    private final JdbcTemplate jdbc;
    private final TakenBundles bundles;

    HoldRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.bundles = new TakenBundles(jdbc);
    }

    Optional<HoldRow> byId(UUID id, Instant now) {
        return read(now, "id = ?", id).stream().findFirst();
    }

    /** As {@link #byId}, locked until the transaction ends. */
    Optional<HoldRow> lock(UUID id, Instant now) {
        return read(now, "id = ? for update", id).stream().findFirst();
    }

    Optional<HoldRow> byTokenHash(byte[] hash, Instant now) {
        return read(now, "token_hash = ?", hash).stream().findFirst();
    }

    Map<String, HoldRow> byKeys(String brand, Collection<String> keys, Instant now) {
        Map<String, HoldRow> byKey = new HashMap<>();
        read(now, "brand = ? and idempotency_key = any(?)", brand, keys.toArray(String[]::new))
                .forEach(row -> byKey.put(row.key(), row));
        return byKey;
    }

    /** Whose stock the hold is of; empty when there is no such hold. */
    Optional<String> brandOf(UUID id) {
        return jdbc.queryForList("select brand from hold where id = ?", String.class, id).stream()
                .findFirst();
    }

    /** Units per hold and SKU. */
    Map<UUID, Map<Sku, Integer>> units(Collection<UUID> ids) {
        Map<UUID, Map<Sku, Integer>> units = new HashMap<>();
        jdbc.query(UNITS, (RowCallbackHandler) rs -> units.put(rs.getObject("id", UUID.class), Sql.units(rs)), (Object)
                Sql.ids(ids));
        return units;
    }

    /** False when another transaction took one of the keys in the meantime. */
    boolean insert(List<Ask> asks) {
        int[] counts =
                jdbc.batchUpdate(INSERT, asks.stream().map(HoldRows::values).toList());
        for (int count : counts) {
            if (count != 1) {
                return false;
            }
        }
        List<Object[]> lines = new ArrayList<>();
        asks.forEach(ask -> addLines(ask, lines));
        jdbc.batchUpdate(INSERT_LINE, lines);
        bundles.write(asks);
        return true;
    }

    private List<HoldRow> read(Instant now, String condition, Object... parameters) {
        List<HoldRow> bare = jdbc.query(SELECT + condition, (rs, n) -> row(rs, now), parameters);
        if (bare.isEmpty()) {
            return bare;
        }
        Map<UUID, List<HoldRequest.Line>> lines =
                lines(bare.stream().map(row -> row.hold().id()).toList());
        return bare.stream()
                .map(row -> row.withLines(lines.getOrDefault(row.hold().id(), List.of())))
                .toList();
    }

    private static HoldRow row(ResultSet rs, Instant now) throws SQLException {
        Instant expiresAt = Sql.instant(rs, "expires_at");
        Hold hold = new Hold(
                rs.getObject("id", UUID.class),
                rs.getString("brand"),
                rs.getObject("show_id", UUID.class),
                HoldRow.asOf(now, Hold.State.valueOf(rs.getString("state")), expiresAt),
                Sql.instant(rs, "created_at"),
                expiresAt,
                List.of(),
                Ask.attribution(rs.getString("attribution")),
                PreOrders.read(rs.getString("pre_order")));
        return new HoldRow(
                hold,
                Sql.units(rs),
                rs.getString("idempotency_key"),
                rs.getBytes("request_hash"),
                rs.getBytes("token_hash"));
    }

    private Map<UUID, List<HoldRequest.Line>> lines(Collection<UUID> ids) {
        Map<UUID, List<HoldRequest.Line>> lines = new HashMap<>();
        jdbc.query(
                LINES,
                rs -> {
                    HoldRequest.Line line = new HoldRequest.Line(
                            new Sku(rs.getString("sku")),
                            rs.getInt("quantity"),
                            Money.ofMinor(rs.getLong("unit_minor"), rs.getString("currency")));
                    lines.computeIfAbsent(rs.getObject("hold_id", UUID.class), any -> new ArrayList<>())
                            .add(line);
                },
                (Object) Sql.ids(ids));
        return lines;
    }

    private static Object[] values(Ask ask) {
        HoldRequest request = ask.request();
        return new Object[] {
            ask.holdId(),
            ask.brand(),
            request.showId(),
            request.idempotencyKey(),
            ask.hash(),
            Secrets.sha256(ask.token()),
            request.buyer(),
            Sql.at(ask.at()),
            Sql.at(ask.expiresAt()),
            ask.attribution(),
            ask.epoch(),
            ask.seq(),
            Sql.skus(ask.units().keySet()),
            ask.units().values().toArray(Integer[]::new),
            PreOrders.json(ask.preOrder())
        };
    }

    private static void addLines(Ask ask, List<Object[]> rows) {
        int number = 0;
        for (HoldRequest.Line line : ask.request().lines()) {
            Money price = line.unitPrice();
            rows.add(new Object[] {
                ask.holdId(),
                number++,
                line.sku().value(),
                line.quantity(),
                price.minor(),
                price.currency().getCurrencyCode()
            });
        }
    }
}
