package dev.weir.bench.torture;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A time that moves on only when it is told to, so that nothing of a script happens at once. For one thread. */
final class SteppingClock extends Clock {
    private Instant now;

    SteppingClock(Instant begin) {
        now = begin;
    }

    void step() {
        now = now.plusSeconds(1);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
