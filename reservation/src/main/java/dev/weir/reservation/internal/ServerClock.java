package dev.weir.reservation.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What time is it at the database? Asked once a second and carried on by a clock that only runs forward, so that a hub whose
 * own clock is wrong, or jumps, promises and ends holds at the same moments as the others. Before the first answer it is the
 * hub's own time. An answer is right to the half of its way there and back, and less so as it ages; one that is worse than what
 * is known is not taken, unless it shows that one of the clocks was set or stood still. What must be exact asks in the statement
 * itself. Thread-safe.
 */
final class ServerClock extends Clock {
    /** How far two clocks run apart at most: 100 µs a second. */
    private static final long DRIFT = 10_000;

    private static final long GOOD = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ATTEMPTS = 3;

    private final JdbcTemplate jdbc;
    private final Clock own;
    private volatile Reading reading;

    /** {@code own} serves until the database has answered. */
    ServerClock(JdbcTemplate jdbc, Clock own) {
        this.jdbc = jdbc;
        this.own = own;
        this.reading = new Reading(own.instant(), System.nanoTime(), 0, false);
    }

    private record Reading(Instant at, long nanos, long error, boolean answered) {

        Instant then(long tick) {
            return at.plusNanos(tick - nanos);
        }

        long errorThen(long tick) {
            return error + (tick - nanos) / DRIFT;
        }

        boolean betters(Reading known) {
            long before = known.errorThen(nanos);
            long apart = Duration.between(known.then(nanos), at).abs().toNanos();
            return !known.answered || error <= before || apart > error + before;
        }
    }

    /** Asks again, three times when the answers are slow. Throws when the database is away. */
    void sync() {
        for (int asked = 0; asked < ATTEMPTS; asked++) {
            ask();
            if (reading.errorThen(System.nanoTime()) < GOOD) {
                return;
            }
        }
    }

    private void ask() {
        long asked = System.nanoTime();
        OffsetDateTime answer =
                Objects.requireNonNull(jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class));
        long half = (System.nanoTime() - asked) / 2;
        Reading next = new Reading(answer.toInstant(), asked + half, half, true);
        if (next.betters(reading)) {
            reading = next;
        }
    }

    @Override
    public Instant instant() {
        return reading.then(System.nanoTime());
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
