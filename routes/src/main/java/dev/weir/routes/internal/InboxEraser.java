package dev.weir.routes.internal;

import dev.weir.routes.PrivacyRequests.Kind;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which stored deliveries speak of a buyer, and how are they erased? Those of the orders that are meant, those that name the e-mail
 * address, and the one that asked. What became of them stays. One that is parked or dead keeps its body, because it may still have its effect:
 * until five days before the answer is due, or not at all where the shop has left.
 */
final class InboxEraser {
    private static final int MOST = 500;
    private static final String MEANT = """
            connection_id = :connection and erased_at is null
              and (:everyone or id = :own or aggregate_key = any (:orders)
                or position(convert_to(cast(:email as text), 'UTF8') in body) > 0
                or id in (select inbox_id from inbox_repair
                          where position(convert_to(cast(:email as text), 'UTF8') in inbox_repair.body) > 0))""";

    private static final String ERASE = """
            update inbox set headers = '{}', query = '', body = '', erased_at = :now, done_at = coalesce(done_at, :now),
              reason = case when state in ('PARKED', 'DEAD') then 'erased before it could be handled: ' || reason else reason end,
              state = case when state in ('PARKED', 'DEAD') then 'IGNORED' else state end, next_try_at = null
            where id in (select id from inbox
                         where (state in ('PROCESSED', 'IGNORED') or (state in ('PARKED', 'DEAD') and :late)) and\s""" + MEANT + " limit :most for update)";
    private static final Duration LATE = Duration.ofDays(5);

    private final JdbcClient jdbc;
    private final Clock clock;

    InboxEraser(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Erases some; returns how many, 0 at the end. */
    int erase(PrivacyRows.Claim claim) {
        return meant(jdbc.sql(ERASE), claim)
                .param("late", isLate(claim))
                .param("now", Sql.at(clock.instant()))
                .param("most", MOST)
                .update();
    }

    /** How many are still to be handled. */
    int unhandled(PrivacyRows.Claim claim) {
        return meant(
                        jdbc.sql(
                                "select count(*) from inbox where state in ('RECEIVED', 'PARKED', 'DEAD') and id <> :own and "
                                        + MEANT),
                        claim)
                .query(Integer.class)
                .single();
    }

    private boolean isLate(PrivacyRows.Claim claim) {
        return claim.request().kind() == Kind.ERASE_SHOP
                || clock.instant().isAfter(claim.request().dueAt().minus(LATE));
    }

    private static StatementSpec meant(StatementSpec spec, PrivacyRows.Claim claim) {
        return spec.param("connection", claim.request().connectionId())
                .param("everyone", claim.request().kind() == Kind.ERASE_SHOP)
                .param("own", claim.inboxId())
                .param("orders", claim.request().orderExternalIds().toArray(String[]::new))
                .param("email", claim.request().email());
    }
}
