package dev.weir.hub.internal.connections;

import dev.weir.connectors.Connection;
import dev.weir.connectors.Connections;
import dev.weir.routes.Inbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Whose secrets prove a delivery while the database is away? Those that were read last, at most 30 s before it went: a delivery that goes
 * to the spool must be proven first. Without a spool nothing is remembered, and with the database there nothing remembered is
 * used. Thread-safe.
 */
public final class KnownConnections {
    private static final Logger LOG = LoggerFactory.getLogger(KnownConnections.class);
    /** Longer than a connection of the pool is waited for. */
    private static final Duration MOST = Duration.ofMillis(2_500);

    private final Connections connections;
    private final Inbox inbox;
    private final boolean remembers;
    private volatile Map<UUID, Connection> known = new ConcurrentHashMap<>();

    /** Those of {@code connections}; {@code remembers}: {@code inbox} has a spool. */
    public KnownConnections(Connections connections, Inbox inbox, boolean remembers) {
        this.connections = connections;
        this.inbox = inbox;
        this.remembers = remembers;
    }

    /**
     * The connection, as stored now or, while the database is away, as remembered.
     *
     * @throws DataAccessException when the database is away and the connection is not remembered: whether there is one cannot be known
     */
    public Optional<Connection> find(UUID id) {
        Connection remembered = known.get(id);
        if (remembered != null && inbox.isAway()) {
            return Optional.of(remembered);
        }
        return remembered == null ? connections.find(id) : findOr(remembered);
    }

    /** A database that stands still must not keep the platform waiting for longer than it does. */
    private Optional<Connection> findOr(Connection remembered) {
        var reading = new FutureTask<>(() -> connections.find(remembered.id()));
        Thread.ofVirtual().name("known-connection").start(reading);
        try {
            return reading.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof DataAccessException)) {
                throw new IllegalStateException("connection " + remembered.id() + " cannot be read", e.getCause());
            }
        } catch (TimeoutException e) {
            LOG.debug("Connection {} was not read within {}", remembered.id(), MOST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        inbox.databaseFailed();
        return Optional.of(remembered);
    }

    /** Remembers all that are switched on, and forgets the others; how many. Done every 30 s. */
    public int learn() {
        if (!remembers) {
            return 0;
        }
        List<Connection> active = connections.active();
        known = active.stream().collect(Collectors.toConcurrentMap(Connection::id, one -> one));
        return active.size();
    }
}
