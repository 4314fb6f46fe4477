package dev.weir.hub.internal.connections;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What do tests of the web side stand on? One hub's parts before the fake platform. */
public final class ConsentBench implements AutoCloseable {
    private final Hubs hubs = new Hubs();
    private final Hubs.Hub hub = hubs.hub("hub-web");

    /** Where connections are kept. */
    public ConnectionStore connections() {
        return hub.connections();
    }

    /** Who renews them. */
    public TokenKeeper keeper() {
        return hub.keeper();
    }

    /** The way to the platform and back. */
    public Consents consents() {
        return hub.consents();
    }

    /** The only channel. */
    public Channel channel() {
        return hubs.channel();
    }

    /** A connection of {@code brand} that waits for its consent; stored. */
    public Connection waiting(String brand) {
        Connection connection = new Connection(
                UUID.randomUUID(),
                brand,
                FakeChannel.NAME,
                "Kiln",
                Map.of("shop", "kiln.example", "clientSecret", "client-secret-1"));
        hub.connections().save(connection, true);
        return connection;
    }

    /** Makes the platform refuse to refresh, and the access end. */
    public void refuse() {
        hubs.platform.refuses = true;
        hubs.pass(Duration.ofHours(2));
    }

    @Override
    public void close() {
        hubs.close();
    }
}
