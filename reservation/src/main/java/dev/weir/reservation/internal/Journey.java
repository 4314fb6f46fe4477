package dev.weir.reservation.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.SqlTypeValue;
import org.springframework.jdbc.core.StatementCreatorUtils;

/**
 * How do several statements reach the database in one journey there and back? PostgreSQL's driver sends what semicolons separate
 * together, and the answers come back together. What a batch of taps asks is little; the ways are what takes its time, most of all
 * on a busy machine. None of them may need another's answer. For one transaction and one thread; gone once.
 */
final class Journey {
    private final List<Leg> legs = new ArrayList<>();

    private record Leg(String sql, @Nullable Object[] parameters, RowCallbackHandler each, IntConsumer count) {}

    /** Adds a question; {@code each} is handed every row of its answer. */
    Journey ask(String sql, RowCallbackHandler each, @Nullable Object... parameters) {
        legs.add(new Leg(sql, parameters, each, count -> {}));
        return this;
    }

    /** Adds a change that answers with no rows; {@code count} is told how many it changed, and may throw. */
    Journey change(String sql, IntConsumer count, @Nullable Object... parameters) {
        legs.add(new Leg(sql, parameters, row -> {}, count));
        return this;
    }

    /** Goes, if there is anything to go for. Throws what {@link JdbcTemplate} throws; then nothing after the fault was done. */
    void go(JdbcTemplate jdbc) {
        if (!legs.isEmpty()) {
            String sql = legs.stream().map(Leg::sql).collect(Collectors.joining(";\n"));
            jdbc.execute(sql, (PreparedStatementCallback<@Nullable Void>) this::go);
        }
    }

    private @Nullable Void go(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (Leg leg : legs) {
            for (Object parameter : leg.parameters()) {
                StatementCreatorUtils.setParameterValue(statement, index++, SqlTypeValue.TYPE_UNKNOWN, parameter);
            }
        }
        boolean rows = statement.execute();
        for (Leg leg : legs) {
            read(statement, rows, leg);
            rows = statement.getMoreResults();
        }
        return null;
    }

    private static void read(PreparedStatement statement, boolean rows, Leg leg) throws SQLException {
        if (!rows) {
            leg.count().accept(statement.getUpdateCount());
            return;
        }
        try (var result = statement.getResultSet()) {
            while (result.next()) {
                leg.each().processRow(result);
            }
        }
    }
}
