package dev.weir.live.internal;

import dev.weir.connectors.Money;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How do our values cross into PostgreSQL and back? */
final class Sql {
    private Sql() {}

    /** Now, as precise as PostgreSQL keeps it, so that what was written reads back equal. */
    static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime orNull(@Nullable Instant instant) {
        return instant == null ? null : at(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static @Nullable URI uriOrNull(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? null : URI.create(value);
    }

    /** Money as events carry it. */
    static Map<String, String> json(Money money) {
        return Map.of("amount", money.amount(), "currency", money.currency().getCurrencyCode());
    }

    static void checkLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + most + ")");
        }
    }
}
