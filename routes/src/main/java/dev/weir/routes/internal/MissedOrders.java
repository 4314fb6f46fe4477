package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.routes.ConnectionChores.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Which orders did no push tell of? Those of shops that push are asked for as well, every 15 minutes: pushes get lost. */
final class MissedOrders implements Chore {
    private final PollSteps polls;

    MissedOrders(PollSteps polls) {
        this.polls = polls;
    }

    @Override
    public Kind kind() {
        return Kind.ORDERS;
    }

    @Override
    public Set<Capability> needs() {
        return Set.of(Capability.ORDER_POLL, Capability.ORDER_WEBHOOK);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    @Override
    public Duration first() {
        return Duration.ofMinutes(1);
    }

    @Override
    public Done run(Connection connection, Instant mark) {
        polls.poll(connection.id().toString());
        return new Done(mark, "asked for");
    }
}
