package dev.weir.routes.internal;

import dev.weir.routes.IntakeSettings;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long are deliveries kept, and what is personal in them? First headers, query and body go, then the row, each so long after its
 * end; what still waits for its effect keeps both, but no longer than a row is kept. Hubs share the work.
 */
public final class InboxRetention {
    private static final Logger LOG = LoggerFactory.getLogger(InboxRetention.class);
    private static final int MOST = 500;
    /** A run ends after so many statements of each kind: 20,000 rows a minute, more than come in a busy hour. */
    private static final int ROUNDS = 40;

    private static final String REDACT = """
            update inbox set headers = '{}', query = '', body = '', erased_at = :now
            where id in (select id from inbox where erased_at is null and done_at < :before
                         order by done_at limit :most for update skip locked)""";

    private static final String GIVE_UP = """
            update inbox set headers = '{}', query = '', body = '', erased_at = :now, state = 'IGNORED', done_at = :now,
                             next_try_at = null, waits_for = null,
                             reason = 'erased before it could be handled: ' || coalesce(reason, '')
            where id in (select id from inbox where state in ('PARKED', 'DEAD') and received_at < :before
                         order by received_at limit :most for update skip locked)""";

    private static final String FORGET = """
            delete from inbox
            where id in (select id from inbox where erased_at is not null and done_at < :before
                         order by done_at limit :most for update skip locked)""";

    private final JdbcClient jdbc;
    private final IntakeSettings settings;
    private final Meter meter;
    private final Clock clock;

    InboxRetention(JdbcClient jdbc, IntakeSettings settings, Meter meter, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.meter = meter;
        this.clock = clock;
    }

    /** A step of the route {@code inbox-retention}. */
    public void run() {
        Instant now = clock.instant();
        int redacted = all(REDACT, now, now.minus(settings.personal()));
        int givenUp = all(GIVE_UP, now, now.minus(settings.kept()));
        int forgotten = all(FORGET, now, now.minus(settings.kept()));
        if (givenUp > 0) {
            meter.fail(givenUp + " parked deliveries were erased after " + settings.kept() + " without an effect");
            LOG.warn("{} parked deliveries were erased after {} without an effect", givenUp, settings.kept());
        }
        meter.ok(redacted + forgotten);
    }

    private int all(String sql, Instant now, Instant before) {
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var statement = jdbc.sql(sql).param("before", Sql.at(before)).param("most", MOST);
            int some = (sql.contains(":now") ? statement.param("now", Sql.at(now)) : statement).update();
            all += some;
            if (some < MOST) {
                break;
            }
        }
        return all;
    }
}
