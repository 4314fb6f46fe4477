package dev.weir.connectors;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which shops are connected now? Implemented by the hub, which keeps the secrets. Thread-safe. */
public interface Connections {
    /** Every connection that is switched on, of all brands; at most 1,000. */
    List<Connection> active();

    /** The connection, switched on or not. */
    Optional<Connection> find(UUID id);
}
