package dev.weir.tiktokshop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What time is it in a test? It passes only when told to. */
public final class TestClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-24T10:45:00Z");

    /** Lets {@code time} pass. */
    public void pass(Duration time) {
        now = now.plus(time);
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
        return this;
    }
}
