package dev.weir.bench.fire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What does PostgreSQL know after a run, with its times put on the buyers' clock?
 *
 * @param holds by id
 * @param causes of movements without a hold, as {@code KIND cause}
 */
record LedgerFacts(Map<String, HoldFact> holds, Set<String> causes) {

    /** One hold; times in ns as {@link System#nanoTime}. */
    record HoldFact(String key, String state, long createdNanos, long expiresNanos) {}

    static LedgerFacts read(Connection connection, String brand) throws SQLException {
        long zero = zero(connection);
        Map<String, HoldFact> holds = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, idempotency_key, state, created_at, expires_at from hold where brand = ?")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                HoldFact fact = new HoldFact(
                        rows.getString(2), rows.getString(3), nanos(rows, 4) + zero, nanos(rows, 5) + zero);
                holds.put(rows.getString(1), fact);
            }
        }
        Set<String> causes = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select kind, cause from stock_movement where brand = ? and kind in ('SELL', 'RESTOCK')")) {
            statement.setString(1, brand);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                causes.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return new LedgerFacts(Map.copyOf(holds), Set.copyOf(causes));
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
