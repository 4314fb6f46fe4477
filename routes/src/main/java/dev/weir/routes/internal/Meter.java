package dev.weir.routes.internal;

import dev.weir.routes.RouteCatalog;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How does one route or loop fare? Thread-safe. */
public final class Meter {
    private final String id;
    private final String description;
    private final Clock clock;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String state = "Started";
    private volatile @Nullable Failure last;

    Meter(String id, String description, Clock clock) {
        this.id = id;
        this.description = description;
        this.clock = clock;
    }

    void ok(int count) {
        total.addAndGet(count);
        state = "Started";
    }

    void fail(String reason) {
        total.incrementAndGet();
        failed.incrementAndGet();
        last = new Failure(Sql.cut(reason, 500), clock.instant());
    }

    void state(String now) {
        state = now;
    }

    String id() {
        return id;
    }

    RouteCatalog.Entry entry() {
        return entry(description, 0, state);
    }

    RouteCatalog.Entry entry(String described, int version, String standing) {
        Failure seen = last;
        return new RouteCatalog.Entry(
                id,
                described,
                version,
                standing,
                total.get(),
                failed.get(),
                seen == null ? null : seen.reason(),
                seen == null ? null : seen.at());
    }

    private record Failure(String reason, Instant at) {}
}
