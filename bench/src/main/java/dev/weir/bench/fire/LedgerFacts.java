package dev.weir.bench.fire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What does PostgreSQL know after a run, with its times put on the buyers' clock?
 *
 * @param holds by id
 * @param moved units per SKU that left by a sale, or came back by a restock, without a hold, by {@code KIND cause}
 * @param cases causes of sales that were short; true while nobody has settled it
 * @param order of the movements, by {@code KIND sku} and the hold, the cause, or for a count the number that it set
 */
record LedgerFacts(
        Map<String, HoldFact> holds,
        Map<String, Map<String, Integer>> moved,
        Map<String, Boolean> cases,
        Map<String, Long> order) {

    /**
     * One hold; times in ns as {@link System#nanoTime}.
     *
     * @param units that it takes, per SKU
     */
    record HoldFact(String key, String state, long createdNanos, long expiresNanos, Map<String, Integer> units) {}

    Set<String> causes() {
        return moved.keySet();
    }

    static LedgerFacts read(Connection connection, String brand) throws SQLException {
        return new LedgerFacts(
                holds(connection, brand), moved(connection, brand), cases(connection, brand), order(connection, brand));
    }

    private static Map<String, HoldFact> holds(Connection connection, String brand) throws SQLException {
        long zero = zero(connection);
        Map<String, HoldFact> holds = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, idempotency_key, state, created_at, expires_at, skus, units from hold where brand = ?")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                HoldFact fact = new HoldFact(
                        rows.getString(2),
                        rows.getString(3),
                        nanos(rows, 4) + zero,
                        nanos(rows, 5) + zero,
                        units(rows));
                holds.put(rows.getString(1), fact);
            }
        }
        return Map.copyOf(holds);
    }

    private static Map<String, Integer> units(ResultSet row) throws SQLException {
        String[] skus = (String[]) row.getArray("skus").getArray();
        Integer[] units = (Integer[]) row.getArray("units").getArray();
        Map<String, Integer> all = new TreeMap<>();
        for (int i = 0; i < skus.length; i++) {
            all.put(skus[i], units[i]);
        }
        return all;
    }

    private static Map<String, Map<String, Integer>> moved(Connection connection, String brand) throws SQLException {
        Map<String, Map<String, Integer>> moved = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("select kind, cause, sku, abs(sold)"
                + " from stock_movement where brand = ? and kind in ('SELL', 'RESTOCK')")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                moved.computeIfAbsent(rows.getString(1) + " " + rows.getString(2), _ -> new TreeMap<>())
                        .merge(rows.getString(3), rows.getInt(4), Integer::sum);
            }
        }
        return Map.copyOf(moved);
    }

    private static Map<String, Boolean> cases(Connection connection, String brand) throws SQLException {
        Map<String, Boolean> cases = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select cause, done_at is null from shortfall where brand = ?")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                cases.put(rows.getString(1), rows.getBoolean(2));
            }
        }
        return Map.copyOf(cases);
    }

    /** The first of each. */
    private static Map<String, Long> order(Connection connection, String brand) throws SQLException {
        Map<String, Long> order = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("select id, kind, sku, coalesce(hold_id::text,"
                + " case when kind = 'ON_HAND' then (sum(on_hand) over (partition by sku order by id))::text"
                + " else cause end) from stock_movement where brand = ? order by id")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                order.putIfAbsent(
                        rows.getString(2) + " " + rows.getString(3) + " " + rows.getString(4), rows.getLong(1));
            }
        }
        return Map.copyOf(order);
    }

    /** What to add to the database's time to get ours. */
    private static long zero(Connection connection) throws SQLException {
        long before = System.nanoTime();
        try (PreparedStatement statement = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            long middle = before + (System.nanoTime() - before) / 2;
            return middle - nanos(row, 1);
        }
    }

    private static long nanos(ResultSet row, int column) throws SQLException {
        return Duration.between(
                        Instant.EPOCH,
                        row.getObject(column, OffsetDateTime.class).toInstant())
                .toNanos();
    }
}
