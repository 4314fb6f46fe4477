package dev.weir.reservation.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What time is it at the database? Asked once a second and carried on by a clock that only runs forward, so that a hub whose
 * own clock is wrong, or jumps, promises and ends holds at the same moments as the others. Before the first answer it is the
 * hub's own time. Right to the half of one question's way there and back; what must be exact asks in the statement itself.
 * Thread-safe.
 */
final class ServerClock extends Clock {
    private static final Duration SLOW = Duration.ofMillis(250);

    private final JdbcTemplate jdbc;
    private final Clock own;
    private volatile Reading reading;

    /** {@code own} serves until the database has answered. */
    ServerClock(JdbcTemplate jdbc, Clock own) {
        this.jdbc = jdbc;
        this.own = own;
        this.reading = new Reading(own.instant(), System.nanoTime(), false);
    }

    private record Reading(Instant at, long nanos, boolean answered) {

        Instant now() {
            return at.plusNanos(System.nanoTime() - nanos);
        }
    }

    /** Asks again; an answer that took long is taken only as the first one. Throws when the database is away. */
    void sync() {
        long asked = System.nanoTime();
        OffsetDateTime answer =
                Objects.requireNonNull(jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class));
        long answered = System.nanoTime();
        if (answered - asked < SLOW.toNanos() || !reading.answered) {
            reading = new Reading(answer.toInstant(), asked + (answered - asked) / 2, true);
        }
    }

    @Override
    public Instant instant() {
        return reading.now();
    }

    @Override
    public ZoneId getZone() {
        return own.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return own.withZone(zone);
    }
}
