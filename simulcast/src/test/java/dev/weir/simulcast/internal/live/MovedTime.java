package dev.weir.simulcast.internal.live;

import java.time.Instant;

/** Time that stands still until a test moves it. */
public final class MovedTime implements LiveTime {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private long millis;

    public void move(long by) {
        millis += by;
    }

    public void moveTo(long to) {
        millis = Math.max(millis, to);
    }

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public Instant instant() {
        return START.plusMillis(millis);
    }
}
