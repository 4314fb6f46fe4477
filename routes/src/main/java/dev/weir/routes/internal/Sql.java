package dev.weir.routes.internal;

import dev.weir.connectors.Sku;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How do our values cross into PostgreSQL and back? */
public final class Sql {
    /**
     * Selected in a transaction whose loss with the database does no harm, because its work would be done again: its commit does not
     * wait for the disk. Others see it at once all the same.
     */
    static final String COMMIT_SOON = "set_config('synchronous_commit', 'off', true)";

    private Sql() {}

    /** As a column takes it. */
    public static OffsetDateTime at(Instant instant) {
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

    /** For {@code = any(…)}. */
    static String[] skus(Collection<Sku> skus) {
        return skus.stream().map(Sku::value).toArray(String[]::new);
    }

    /** At most {@code most} characters of a text that others wrote. */
    static String cut(@Nullable String text, int most) {
        String whole = text == null ? "" : text.replace('\0', ' ');
        return whole.length() <= most ? whole : whole.substring(0, most);
    }
}
