package dev.weir.orders.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** How do our values cross into PostgreSQL and JSON and back? */
final class Sql {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Sql() {}

    /** Now, as precise as PostgreSQL keeps it, so that what was written reads back equal. */
    static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("value: cannot be written as JSON", e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON: cannot be read as " + type.getType(), e);
        }
    }

    static Map<String, String> texts(String json) {
        return read(json, new TypeReference<>() {});
    }

    /** Money as events carry it. */
    static Map<String, String> money(Money money) {
        return Map.of("amount", money.amount(), "currency", money.currency().getCurrencyCode());
    }
}
