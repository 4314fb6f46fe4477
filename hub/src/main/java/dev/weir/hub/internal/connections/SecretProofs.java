package dev.weir.hub.internal.connections;

import dev.weir.connectors.Connection;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Which secrets could no check prove, and does a delivery prove them? Who waits is kept in memory, so that a delivery of another costs
 * nothing; what other hubs checked is known within 30 s. Thread-safe.
 */
public final class SecretProofs {
    private static final Logger LOG = LoggerFactory.getLogger(SecretProofs.class);

    private final Channels channels;
    private final ConnectionStore connections;
    private final Clock clock;
    private volatile Map<UUID, String> waiting = new ConcurrentHashMap<>();

    /** Proofs of the secrets in {@code connections}. */
    public SecretProofs(Channels channels, ConnectionStore connections, Clock clock) {
        this.channels = channels;
        this.connections = connections;
        this.clock = clock;
    }

    /** Reads who waits; how many. Done every 30 s, and after a check. */
    public int learn() {
        waiting = new ConcurrentHashMap<>(connections.unproven());
        return waiting.size();
    }

    /** A genuine delivery was stored. Whether it proves anything is of no consequence to it, so this never throws for the database. */
    public void delivered(Connection connection, RawWebhook raw) {
        String setting = waiting.get(connection.id());
        if (setting == null || !isSignedWithTheNewest(connection, setting, raw)) {
            return;
        }
        try {
            connections.proven(connection, setting, clock.instant());
            waiting.remove(connection.id());
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The proof of {} of {} was not noted; the next delivery proves it too", setting, connection, e);
        }
    }

    /** An old secret that is accepted beside proves nothing of the new one. */
    private boolean isSignedWithTheNewest(Connection connection, String setting, RawWebhook raw) {
        Map<String, String> settings = new HashMap<>(connection.settings());
        settings.remove(SecretRotation.previous(setting));
        Connection newest =
                new Connection(connection.id(), connection.brand(), connection.channel(), connection.name(), settings);
        return channels.find(connection.channel())
                        .orElseThrow()
                        .orderWebhook(newest)
                        .verify(raw)
                instanceof WebhookVerdict.Authentic;
    }
}
