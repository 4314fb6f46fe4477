package dev.weir.hub.internal.demo;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.live.BaseUrl;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which shops does the demo brand have? A sandbox shop of every channel, connected after the web server listens, so that
 * webhooks have an address, and before the routes start, so that they find this run's addresses.
 */
final class DemoShops implements SmartLifecycle {
    static final String BRAND = "kiln";

    private final JdbcClient jdbc;
    private final SandboxServer sandbox;
    private final Channels channels;
    private final ConnectionStore connections;
    private final BaseUrl baseUrl;
    private final int shelves;
    private final Clock clock;
    private final Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    private volatile boolean running;

    DemoShops(
            JdbcClient jdbc,
            SandboxServer sandbox,
            Channels channels,
            ConnectionStore connections,
            BaseUrl baseUrl,
            int shelves,
            Clock clock) {
        this.jdbc = jdbc;
        this.sandbox = sandbox;
        this.channels = channels;
        this.connections = connections;
        this.baseUrl = baseUrl;
        this.shelves = shelves;
        this.clock = clock;
    }

    /** The web server starts 2,048 phases before the routes. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1_024;
    }

    @Override
    public void start() {
        jdbc.sql("insert into brand (id, name) values (?, ?) on conflict do nothing")
                .params(BRAND, "Kiln & Cloth")
                .update();
        connect();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What a program needs to know of each shop, by channel. */
    Map<String, Map<String, String>> facts() {
        return facts;
    }

    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("demo/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private void connect() {
        sandbox.deliverTo("stripe", baseUrl.get().resolve("/webhooks/stripe"));
        for (Channel channel : channels.all().values()) {
            SandboxPlatform platform = sandbox.platform(channel.name());
            if (platform == null) {
                continue;
            }
            Map<String, String> entered = new LinkedHashMap<>(platform.settings(sandbox.url(channel.name())));
            if (isBackend(channel)) {
                entered.put("backend", "true");
            }
            Connection connection = new Connection(id(channel.name()), BRAND, channel.name(), channel.title(), entered);
            connections.save(connection);
            connections.checked(connection.id(), channel.check(connection), clock.instant());
            String webhook = baseUrl.get() + "/webhooks/" + channel.name() + "/" + connection.id();
            if (channel.capabilities().contains(Capability.ORDER_WEBHOOK)) {
                sandbox.deliverTo(channel.name(), URI.create(webhook));
            }
            // A platform that follows our catalogue gets it from us; the others have shelves of their own.
            if (!channel.capabilities().contains(Capability.CATALOGUE_WRITE)) {
                platform.seed(DemoProducts.all(baseUrl.get(), shelves));
            }
            facts.put(channel.name(), facts(connection, webhook));
        }
    }

    /** The brand's truth: the first shop that both pushes its orders and takes ours. */
    private static boolean isBackend(Channel channel) {
        return channel.capabilities()
                .containsAll(Set.of(Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_READ));
    }

    private Map<String, String> facts(Connection connection, String webhook) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", connection.id().toString());
        facts.put("webhookUrl", webhook);
        facts.put("buyUrl", baseUrl.get() + "/buy/" + connection.id());
        for (String name : List.of("webhookSecret", "apiSecret", "appSecret")) {
            String secret = connection.settings().get(name);
            if (secret != null) {
                facts.putIfAbsent("webhookSecret", secret);
            }
        }
        connection.settings().forEach(facts::putIfAbsent);
        return facts;
    }
}
