package dev.weir.reservation.internal;

import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** How do our values look to the PostgreSQL driver? */
final class Sql {
    private Sql() {}

    static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }

    static String[] skus(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).distinct().toArray(String[]::new);
    }

    /** The columns skus and units of a hold. */
    static NavigableMap<Sku, Integer> units(ResultSet rs) throws SQLException {
        String[] skus = (String[]) rs.getArray("skus").getArray();
        Integer[] each = (Integer[]) rs.getArray("units").getArray();
        NavigableMap<Sku, Integer> units = new TreeMap<>();
        for (int i = 0; i < skus.length; i++) {
            units.put(new Sku(skus[i]), each[i]);
        }
        return units;
    }

    /** One column of many rows, for a parameter such as {@code ?::integer[]}. */
    static <R, T> @Nullable T[] column(
            IntFunction<@Nullable T[]> array, List<R> rows, Function<? super R, ? extends @Nullable T> value) {
        @Nullable T[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }

    /** As PostgreSQL reads it from text. */
    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** For a parameter written as {@code ?::uuid[]}. */
    static String[] ids(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }
}
