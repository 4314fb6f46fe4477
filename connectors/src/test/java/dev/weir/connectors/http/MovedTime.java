package dev.weir.connectors.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** Time that passes only by being waited away; for stories of one thread. */
final class MovedTime implements Waits {
    final List<Duration> waited = new ArrayList<>();
    private long now;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public boolean sleep(Duration length) {
        waited.add(length);
        now += length.toNanos();
        return true;
    }

    @Override
    public void await(Condition condition, Duration atMost) {
        sleep(atMost);
    }

    void pass(Duration length) {
        now += length.toNanos();
    }

    Duration total() {
        return waited.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
