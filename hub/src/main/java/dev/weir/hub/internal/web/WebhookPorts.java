package dev.weir.hub.internal.web;

import dev.weir.connectors.Connection;
import dev.weir.connectors.OrderWebhook;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.KnownConnections;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whose door does an address below {@code /webhooks} name? Thread-safe. */
@Component
class WebhookPorts {
    private final Channels channels;
    private final KnownConnections connections;

    WebhookPorts(Channels channels, KnownConnections connections) {
        this.channels = channels;
        this.connections = connections;
    }

    Set<String> channels() {
        return channels.all().keySet();
    }

    /** Throws NotFound when {@code id} is none of the channel's connections, or no id at all. */
    Connection connection(String channel, String id) {
        return connections
                .find(Inputs.uuid("connectionId", id))
                .filter(c ->
                        c.channel().equals(channel) && channels.find(channel).isPresent())
                .orElseThrow(() -> new NotFound("connectionId", id));
    }

    OrderWebhook of(Connection connection) {
        return channels.find(connection.channel()).orElseThrow().orderWebhook(connection);
    }
}
