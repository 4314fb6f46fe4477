package dev.weir.checkout.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.checkout.Checkouts.State;
import dev.weir.connectors.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where are checkouts kept? Every method joins the caller's transaction. Time is the injected clock's, for all of them. */
final class CheckoutTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final Duration FIRST_CHECK = Duration.ofSeconds(5);

    private final JdbcClient sql;
    private final Clock clock;

    CheckoutTable(DataSource dataSource, Clock clock) {
        this.sql = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /** Writes an OPEN row unless the hold has one. */
    void insert(CheckoutRow row) {
        sql.sql("""
                insert into checkout (id, brand, hold_id, state, total_minor, currency, gateway, email, address,
                    expires_at, checked_at, next_check_at, created_at, updated_at)
                values (:id, :brand, :hold, 'OPEN', :total, :currency, :gateway, :email, cast(:address as jsonb),
                    :expires, :now, :next, :now, :now)
                on conflict (hold_id) do nothing""")
                .param("id", row.id())
                .param("brand", row.brand())
                .param("hold", row.holdId())
                .param("total", row.total().minor())
                .param("currency", row.total().currency().getCurrencyCode())
                .param("gateway", row.gateway())
                .param("email", row.email())
                .param("address", write(row.address()))
                .param("expires", at(row.expiresAt()))
                .param("now", now())
                .param("next", at(clock.instant().plus(FIRST_CHECK)))
                .update();
    }

    Optional<CheckoutRow> find(UUID id) {
        return sql.sql("select * from checkout where id = :id")
                .param("id", id)
                .query(CheckoutTable::read)
                .optional();
    }

    void forget(Collection<UUID> orders) {
        sql.sql("update checkout set email = '', address = '{}'"
                        + " where order_id in (:orders) and state not in ('OPEN', 'AUTHORISED')")
                .param("orders", orders)
                .update();
    }

    Optional<CheckoutRow> ofHold(UUID holdId) {
        return sql.sql("select * from checkout where hold_id = :hold")
                .param("hold", holdId)
                .query(CheckoutTable::read)
                .optional();
    }

    Optional<CheckoutRow> ofOrder(UUID orderId) {
        return sql.sql("select * from checkout where order_id = :order")
                .param("order", orderId)
                .query(CheckoutTable::read)
                .optional();
    }

    Optional<CheckoutRow> ofReference(String reference) {
        return sql.sql("select * from checkout where payment_reference = :reference")
                .param("reference", reference)
                .query(CheckoutTable::read)
                .optional();
    }

    /** The row, which nobody else changes until the transaction ends. */
    CheckoutRow lock(UUID id) {
        return sql.sql("select * from checkout where id = :id for update")
                .param("id", id)
                .query(CheckoutTable::read)
                .single();
    }

    /** Whether the caller is the one to ask the gateway now: nobody has for {@code pause}. */
    boolean claimCheck(UUID id, Duration pause) {
        return sql.sql("update checkout set checked_at = :now where id = :id and checked_at <= :before"
                                + " and state in ('OPEN', 'AUTHORISED')")
                        .param("id", id)
                        .param("now", now())
                        .param("before", at(clock.instant().minus(pause)))
                        .update()
                == 1;
    }

    /** Unfinished rows that are due, each due again after 2, 4, 8, at most 16 s, so that no two hubs work on one. */
    List<CheckoutRow> claimDue(int limit) {
        return sql.sql("""
                update checkout set attempts = least(attempts + 1, 1000), checked_at = :now,
                    next_check_at = cast(:now as timestamptz) + make_interval(secs => power(2, least(attempts + 1, 4)))
                where id in (select id from checkout
                    where state in ('OPEN', 'AUTHORISED') and next_check_at <= :now
                    order by next_check_at limit :limit for update skip locked)
                returning *""")
                .param("now", now())
                .param("limit", limit)
                .query(CheckoutTable::read)
                .list();
    }

    /** Keeps what the gateway calls the payment; the first word stands. */
    void reference(UUID id, String reference, @Nullable String clientSecret) {
        sql.sql("""
                update checkout set payment_reference = coalesce(payment_reference, :reference),
                    client_secret = coalesce(client_secret, :secret), updated_at = :now where id = :id""")
                .param("id", id)
                .param("reference", reference)
                .param("secret", clientSecret)
                .param("now", now())
                .update();
    }

    /** Keeps how an OPEN row will end; the first decision stands. False when it is not OPEN any more. */
    boolean ending(UUID id, State ending, String reason) {
        return sql.sql("""
                        update checkout set ending = coalesce(ending, :ending), reason = coalesce(reason, :reason),
                            updated_at = :now where id = :id and state = 'OPEN'""")
                        .param("id", id)
                        .param("ending", ending.name())
                        .param("reason", reason)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Moves a locked row on; {@code orderId} and {@code reason} leave what is there when null. */
    void move(UUID id, State state, @Nullable UUID orderId, @Nullable String reason) {
        sql.sql("""
                update checkout set state = :state, order_id = coalesce(cast(:order as uuid), order_id),
                    reason = coalesce(:reason, reason), attempts = 0, updated_at = :now where id = :id""")
                .param("id", id)
                .param("state", state.name())
                .param("order", orderId)
                .param("reason", reason)
                .param("now", now())
                .update();
    }

    private static CheckoutRow read(ResultSet row, int number) throws SQLException {
        String ending = row.getString("ending");
        return new CheckoutRow(
                row.getObject("id", UUID.class),
                row.getString("brand"),
                row.getObject("hold_id", UUID.class),
                State.valueOf(row.getString("state")),
                ending == null ? null : State.valueOf(ending),
                Money.ofMinor(row.getLong("total_minor"), row.getString("currency")),
                row.getString("gateway"),
                row.getString("payment_reference"),
                row.getString("client_secret"),
                row.getString("email"),
                texts(row.getString("address")),
                row.getObject("order_id", UUID.class),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static Map<String, String> texts(String json) {
        try {
            return JSON.readValue(json, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checkout.address is no JSON object of texts", e);
        }
    }

    private static String write(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }

    private OffsetDateTime now() {
        return at(clock.instant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
