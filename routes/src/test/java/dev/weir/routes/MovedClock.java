package dev.weir.routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands still, an hour ahead of everybody else's, until it is put forward: a slow machine changes nothing. Its instants
 * are whole microseconds, as PostgreSQL keeps them: what comes back is what went in.
 */
final class MovedClock extends Clock {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS));

    void forward(Duration by) {
        now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
