package dev.weir.routes.internal;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Connection;
import dev.weir.routes.ConnectionChores;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What is done at a connected shop now and then, whatever the number of hubs by one of them at a time? */
interface Chore {
    ConnectionChores.Kind kind();

    /** Abilities without which there is nothing to do. */
    Set<Capability> needs();

    /** From one good run to the next. */
    Duration every();

    /** From a connection's beginning to its first run. */
    Duration first();

    /** Does it; throws what the shop threw, and is then tried again from the same mark. */
    Done run(Connection connection, Instant mark);

    /**
     * @param mark from when on the next run reads; one that is older than the last is of no consequence
     * @param found in words for the operator, without secrets or personal data
     */
    record Done(Instant mark, String found) {}
}
