package dev.weir.hub.internal.live;

import dev.weir.connectors.Connection;
import dev.weir.hub.internal.WeirSettings;
import java.net.URI;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** How is this hub reached? Known once the server listens, because its port may be any free one. */
public class BaseUrl {
    private final WeirSettings settings;
    private volatile int port = 8080;

    /** The address that {@code settings} give. */
    public BaseUrl(WeirSettings settings) {
        this.settings = settings;
    }

    @EventListener
    void listening(ServletWebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
    }

    /** Without a trailing slash. */
    public URI get() {
        return settings.baseUrl(port);
    }

    /** The port that the server listens on. */
    public int port() {
        return port;
    }

    /** Where the connection's platform pushes to. */
    public URI webhook(Connection connection) {
        return URI.create(get() + "/webhooks/" + connection.channel() + "/" + connection.id());
    }
}
