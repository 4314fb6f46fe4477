package dev.weir.routes.internal;

import dev.weir.connectors.Money;
import dev.weir.routes.Payouts.Checked;
import dev.weir.routes.Payouts.Payout;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which statements are there? Keyset pages by time, shop and id, stable while statements arrive. */
final class PayoutReads {
    /** What a payout moves for no order, beside its own columns. */
    private static final String FIELDS = """
            select s.*, (select coalesce(sum(l.amount_minor), 0) from settlement_line l
              where l.connection_id = s.connection_id and l.external_id = s.external_id
                and l.order_external_id is null) as without_order
            from settlement s\s""";

    private final JdbcClient jdbc;

    PayoutReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Payout> newest(String brand, Instant from, Instant to, @Nullable String cursor, int limit) {
        Cursor after = cursor == null ? new Cursor(to, new UUID(0, 0), "") : Cursor.parse(cursor);
        return jdbc.sql(FIELDS + """
                        where brand = :brand and stated_at >= :from and stated_at < :to
                          and (stated_at < :at or (stated_at = :at and (connection_id, external_id) > (:id, :external)))
                        order by stated_at desc, connection_id, external_id limit :limit""")
                .param("brand", brand)
                .param("from", Sql.at(from))
                .param("to", Sql.at(to))
                .param("at", Sql.at(after.at()))
                .param("id", after.connectionId())
                .param("external", after.externalId())
                .param("limit", limit)
                .query(PayoutReads::payout)
                .list();
    }

    Optional<Payout> find(String brand, UUID connectionId, String externalId) {
        return jdbc.sql(FIELDS + "where brand = :brand and connection_id = :connection and external_id = :external")
                .param("brand", brand)
                .param("connection", connectionId)
                .param("external", externalId)
                .query(PayoutReads::payout)
                .optional();
    }

    /** Of the page behind {@code last}. */
    static String cursor(Payout last) {
        return new Cursor(last.at(), last.connectionId(), last.externalId()).text();
    }

    private static Payout payout(ResultSet row, int number) throws SQLException {
        String currency = row.getString("currency");
        int agree = row.getInt("agree");
        Checked checked = row.wasNull()
                ? null
                : new Checked(
                        agree,
                        row.getInt("differ"),
                        row.getInt("unknown"),
                        Money.ofMinor(row.getLong("off_minor"), currency),
                        Money.ofMinor(row.getLong("without_order"), currency));
        return new Payout(
                row.getObject("connection_id", UUID.class),
                row.getString("external_id"),
                row.getString("channel"),
                Sql.instant(row, "stated_at"),
                Sql.instantOrNull(row, "paid_at"),
                Money.ofMinor(row.getLong("amount_minor"), currency),
                Sql.instant(row, "read_at"),
                checked);
    }

    private record Cursor(Instant at, UUID connectionId, String externalId) {
        private static final int LONGEST_TIME = 30;

        String text() {
            String plain = at + "|" + connectionId + "|" + externalId;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor parse(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split("\\|", 3);
                if (parts.length == 3 && parts[0].length() <= LONGEST_TIME && parts[0].startsWith("2")) {
                    return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]), parts[2]);
                }
            } catch (IllegalArgumentException | DateTimeException e) {
                throw bad(text, e);
            }
            throw bad(text, null);
        }

        private static IllegalArgumentException bad(String text, @Nullable Exception cause) {
            return new IllegalArgumentException(
                    "cursor: " + Sql.cut(text, 80) + " (expected: that of the page before)", cause);
        }
    }
}
