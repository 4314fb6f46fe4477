package dev.weir.reservation.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which holds are in the ledger? Reads and inserts; the moves between states are {@link HoldMoves}'. */
final class HoldRows {
    private static final String SELECT = "select id, brand, show_id, idempotency_key, request_hash, token_hash, state,"
            + " created_at, expires_at, attribution::text as attribution, skus, units,"
            + " pre_order::text as pre_order from hold where ";
    private static final String LINES = "select hold_id, sku, quantity, unit_minor, currency from hold_line"
            + " where hold_id = any(?::uuid[]) order by hold_id, line_no";
    private static final String INSERT = "insert into hold (id, brand, show_id, idempotency_key, request_hash,"
            + " token_hash, buyer, state, created_at, expires_at, attribution, epoch, seq, skus, units, pre_order)"
            + " select id, brand, show_id, key, decode(request_hash, 'hex'), decode(token_hash, 'hex'), buyer, 'HELD',"
            + " created_at, expires_at, attribution::jsonb, epoch, seq, skus, units, pre_order::jsonb"
            + " from json_to_recordset(?::json) as h (id uuid, brand text, show_id uuid, key text, request_hash text,"
            + " token_hash text, buyer text, created_at timestamptz, expires_at timestamptz, attribution text,"
            + " epoch bigint, seq bigint, skus text[], units integer[], pre_order text) on conflict do nothing";
    private static final String INSERT_LINES = "insert into hold_line (hold_id, line_no, sku, quantity, unit_minor,"
            + " currency) select hold_id, line_no, sku, quantity, unit_minor, currency from json_to_recordset(?::json)"
            + " as l (hold_id uuid, line_no smallint, sku text, quantity integer, unit_minor bigint, currency text)";

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

    /** Hands those with any of {@code keys} to {@code each}, without their lines. */
    void byKeys(Journey journey, String brand, Collection<String> keys, Instant now, Consumer<HoldRow> each) {
        journey.ask(
                SELECT + "brand = ? and idempotency_key = any(?)",
                rs -> each.accept(row(rs, now)),
                brand,
                keys.toArray(String[]::new));
    }

    /** Whose stock the hold is of; empty when there is no such hold. */
    Optional<String> brandOf(UUID id) {
        return jdbc.queryForList("select brand from hold where id = ?", String.class, id).stream()
                .findFirst();
    }

    /** Inserts; the journey throws {@link ConcurrencyFailureException} when another transaction took a key in the meantime. */
    void insert(Journey journey, List<Ask> asks) {
        bundles.write(asks);
        ArrayNode holds = JsonNodeFactory.instance.arrayNode();
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        for (Ask ask : asks) {
            add(ask, holds);
            addLines(ask, lines);
        }
        journey.change(INSERT, count -> requireAll(asks, count), holds.toString());
        journey.change(INSERT_LINES, count -> {}, lines.toString());
    }

    private static void requireAll(List<Ask> asks, int inserted) {
        if (inserted != asks.size()) {
            throw new ConcurrencyFailureException(
                    "an idempotency key of " + asks.getFirst().brand() + " was taken meanwhile");
        }
    }

    private List<HoldRow> read(Instant now, String condition, Object... parameters) {
        return withLines(jdbc.query(SELECT + condition, (rs, n) -> row(rs, now), parameters));
    }

    List<HoldRow> withLines(List<HoldRow> bare) {
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

    private static void add(Ask ask, ArrayNode rows) {
        HoldRequest request = ask.request();
        HexFormat hex = HexFormat.of();
        ObjectNode row = rows.addObject()
                .put("id", ask.holdId().toString())
                .put("brand", ask.brand())
                .put("show_id", request.showId().toString())
                .put("key", request.idempotencyKey())
                .put("request_hash", hex.formatHex(ask.hash()))
                .put("token_hash", hex.formatHex(Secrets.sha256(ask.token())))
                .put("buyer", request.buyer())
                .put("created_at", ask.at().toString())
                .put("expires_at", ask.expiresAt().toString())
                .put("attribution", ask.attribution())
                .put("epoch", ask.epoch())
                .put("seq", ask.seq())
                .put("pre_order", PreOrders.json(ask.preOrder()));
        ArrayNode skus = row.putArray("skus");
        ArrayNode units = row.putArray("units");
        ask.units().forEach((sku, each) -> {
            skus.add(sku.value());
            units.add(each);
        });
    }

    private static void addLines(Ask ask, ArrayNode rows) {
        int number = 0;
        for (HoldRequest.Line line : ask.request().lines()) {
            Money price = line.unitPrice();
            rows.addObject()
                    .put("hold_id", ask.holdId().toString())
                    .put("line_no", number++)
                    .put("sku", line.sku().value())
                    .put("quantity", line.quantity())
                    .put("unit_minor", price.minor())
                    .put("currency", price.currency().getCurrencyCode());
        }
    }
}
