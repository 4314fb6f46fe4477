package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.routes.ConnectionChores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was paid out? Read every six hours, each time from 45 days before the last reading on: a statement is announced first, and paid
 * weeks later under the same id.
 */
final class PayoutReading implements Chore {
    private static final Duration REACH = Duration.ofDays(45);

    private final Wiring wiring;
    private final PayoutRows rows;

    PayoutReading(Wiring wiring, PayoutRows rows) {
        this.wiring = wiring;
        this.rows = rows;
    }

    @Override
    public Kind kind() {
        return Kind.SETTLEMENTS;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.SETTLEMENT);
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public Duration first() {
        return Duration.ofMinutes(2);
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        Instant now = wiring.clock().instant();
        AtomicInteger read = new AtomicInteger();
        wiring.channel(connection).settlements(connection).read(mark.minus(REACH), now, statement -> {
            rows.put(connection, statement);
            read.incrementAndGet();
        });
        return new Done(now, read + " statements read");
    }
}
