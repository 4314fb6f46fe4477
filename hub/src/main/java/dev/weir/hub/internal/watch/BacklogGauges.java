package dev.weir.hub.internal.watch;

import dev.weir.connectors.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How much waits in the database, and since when? A scrape is answered from memory; what could not be read is not a number rather
 * than an old one. {@link #read} is called by one thread; gauges are read by any.
 */
final class BacklogGauges {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogGauges.class);
    private static final int LONGEST_QUESTION_SECONDS = 2;
    private static final Standing NONE = new Standing(0, null);

    private final List<Backlog> backlogs;
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<String, Map<String, Standing>> standings = new ConcurrentHashMap<>();
    private volatile Instant readAt;

    private record Standing(long number, @Nullable Instant oldest) {}

    /** {@code jdbc} is this object's own: how long it waits for an answer is set here. */
    BacklogGauges(List<Backlog> backlogs, JdbcTemplate jdbc, Clock clock) {
        this.backlogs = backlogs;
        this.jdbc = jdbc;
        this.clock = clock;
        this.readAt = clock.instant();
        jdbc.setQueryTimeout(LONGEST_QUESTION_SECONDS);
    }

    void register(MeterRegistry registry) {
        for (Backlog backlog : backlogs) {
            backlog.counts().forEach(count -> register(registry, backlog, count.state()));
        }
        Gauge.builder("weir.database.reading.age", this, self -> self.seconds(self.readAt))
                .description("How long ago everything that is counted in the database was counted without a failure")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    private void register(MeterRegistry registry, Backlog backlog, String state) {
        Gauge.builder(backlog.name(), this, self -> self.number(backlog, state))
                .description(backlog.meaning())
                .tag("state", state)
                .strongReference(true)
                .register(registry);
        Gauge.builder(backlog.name() + ".oldest.age", this, self -> self.age(backlog, state))
                .description("Age of the oldest: " + backlog.meaning())
                .baseUnit("seconds")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private double number(Backlog backlog, String state) {
        Map<String, Standing> known = standings.get(backlog.name());
        return known == null ? Double.NaN : known.getOrDefault(state, NONE).number();
    }

    private double age(Backlog backlog, String state) {
        Map<String, Standing> known = standings.get(backlog.name());
        if (known == null) {
            return Double.NaN;
        }
        Instant oldest = known.getOrDefault(state, NONE).oldest();
        return oldest == null ? 0 : seconds(oldest);
    }

    private double seconds(Instant since) {
        return Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0);
    }

    /** Asks each question once. A database that gives no connection is asked no further. */
    void read() {
        boolean all = true;
        for (Backlog backlog : backlogs) {
            try {
                standings.put(backlog.name(), ask(backlog));
            } catch (CannotGetJdbcConnectionException e) {
                LOG.debug("the database gives no connection", e);
                standings.clear();
                return;
            } catch (DataAccessException e) {
                LOG.warn("{} was not counted and will be again", backlog.name(), e);
                standings.remove(backlog.name());
                all = false;
            }
        }
        if (all) {
            readAt = clock.instant();
        }
    }

    private Map<String, Standing> ask(Backlog backlog) {
        Map<String, Standing> found = new HashMap<>();
        jdbc.query(backlog.sql(), row -> {
            OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
            found.put(
                    row.getString("state"),
                    new Standing(row.getLong("number"), oldest == null ? null : oldest.toInstant()));
        });
        return found;
    }
}
