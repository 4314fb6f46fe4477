package dev.weir.hub.internal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxServer;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.live.ShowStreams;
import dev.weir.hub.internal.security.ApiKeys;
import dev.weir.hub.internal.security.Role;
import dev.weir.live.LiveModule;
import dev.weir.live.RunSheet;
import dev.weir.live.Show;
import dev.weir.routes.RoutesModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What does a demo start with? A brand, a sandbox shop of every channel connected, its catalogue imported, a show on air
 * with targets, and a host. Planting again over an older data folder finds what is there and changes nothing of it.
 */
final class DemoSeed {
    static final String BRAND = "kiln";
    private static final String SLUG = "autumn-kiln";
    private static final Map<String, String> STREAM_TARGETS = Map.of("tiktok-shop", "TikTok LIVE", "instagram", "Instagram Live");

    private final WeirSettings settings;
    private final JdbcClient jdbc;
    private final ApiKeys keys;
    private final SandboxServer sandbox;
    private final Channels channels;
    private final ConnectionStore connections;
    private final RoutesModule routes;
    private final LiveModule live;
    private final ShowStreams streams;
    private final BaseUrl baseUrl;
    private final ObjectMapper json;

    DemoSeed(
            WeirSettings settings,
            JdbcClient jdbc,
            ApiKeys keys,
            SandboxServer sandbox,
            Channels channels,
            ConnectionStore connections,
            RoutesModule routes,
            LiveModule live,
            ShowStreams streams,
            BaseUrl baseUrl,
            ObjectMapper json) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.keys = keys;
        this.sandbox = sandbox;
        this.channels = channels;
        this.connections = connections;
        this.routes = routes;
        this.live = live;
        this.streams = streams;
        this.baseUrl = baseUrl;
        this.json = json;
    }

    /** What was planted, as {@code demo.json} tells it. */
    record Facts(
            String rtmpUrl,
            String streamKey,
            UUID showId,
            String showSlug,
            String sandboxUrl,
            Map<String, String> apiKeys,
            Map<String, Map<String, String>> connections,
            List<Map<String, String>> targets) {}

    Facts plant() throws IOException {
        jdbc.sql("insert into brand (id, name) values (?, ?) on conflict do nothing")
                .params(BRAND, "Kiln & Cloth")
                .update();
        Map<String, Map<String, String>> shops = connectShops();
        importCatalogue();
        Show show = show();
        List<Map<String, String>> targets = targets(show);
        String streamKey = live.shows().streamKey(show.id());
        if (settings.demo().host()) {
            streams.startGeneratedHost(streamKey, "Autumn kiln opening");
        }
        return new Facts(
                streams.rtmpUrl(),
                streamKey,
                show.id(),
                show.slug(),
                sandbox.url().toString(),
                apiKeys(),
                shops,
                targets);
    }

    private Map<String, Map<String, String>> connectShops() {
        sandbox.deliverTo("stripe", baseUrl.get().resolve("/webhooks/stripe"));
        Map<String, Map<String, String>> shops = new LinkedHashMap<>();
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
            connections.checked(
                    connection.id(), channel.check(connection), java.time.Clock.systemUTC().instant());
            String webhook = baseUrl.get() + "/webhooks/" + channel.name() + "/" + connection.id();
            if (channel.capabilities().contains(Capability.ORDER_WEBHOOK)) {
                sandbox.deliverTo(channel.name(), java.net.URI.create(webhook));
            }
            // A platform that follows our catalogue gets it from us; the others have shelves of their own.
            if (!channel.capabilities().contains(Capability.CATALOGUE_WRITE)) {
                platform.seed(DemoProducts.all(baseUrl.get()));
            }
            shops.put(channel.name(), facts(connection, webhook));
        }
        routes.refresh();
        return shops;
    }

    /** The brand's truth: the first shop that both pushes its orders and takes ours. */
    private static boolean isBackend(Channel channel) {
        return channel.capabilities()
                .containsAll(Set.of(Capability.ORDER_PUSH, Capability.ORDER_WEBHOOK, Capability.CATALOGUE_READ));
    }

    private static Map<String, String> facts(Connection connection, String webhook) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", connection.id().toString());
        facts.put("webhookUrl", webhook);
        for (String name : List.of("webhookSecret", "apiSecret", "appSecret")) {
            String secret = connection.settings().get(name);
            if (secret != null) {
                facts.putIfAbsent("webhookSecret", secret);
            }
        }
        connection.settings().forEach(facts::putIfAbsent);
        return facts;
    }

    private void importCatalogue() {
        List<Connection> backendFirst = connections.active().stream()
                .sorted(java.util.Comparator.comparing(
                        (Connection connection) -> !connection.setting("backend", "false").equals("true")))
                .toList();
        for (Connection connection : backendFirst) {
            routes.catalogueImport().run(connection.id());
        }
    }

    private Show show() {
        Show show = live.shows().find(SLUG).orElseGet(() -> {
            Show planned =
                    live.shows().create(BRAND, "Autumn kiln opening", SLUG, "Kiln & Cloth studio", null);
            live.runSheet().set(planned.id(), DemoProducts.runSheet());
            return planned;
        });
        if (show.state() == Show.State.PLANNED) {
            show = live.shows().start(show.id());
            RunSheet.Item first = live.runSheet().items(show.id()).getFirst();
            live.runSheet().pin(show.id(), first.sku());
        }
        return show;
    }

    private List<Map<String, String>> targets(Show show) {
        List<Map<String, String>> targets = new ArrayList<>();
        STREAM_TARGETS.forEach((channel, title) -> {
            UUID id = id("target/" + channel);
            String url = "rtmp://127.0.0.1:" + streams.rtmpPort() + "/" + ShowStreams.SANDBOX_APP + "/" + channel;
            streams.putTarget(show, id, title, channel, url);
            targets.add(Map.of("id", id.toString(), "channel", channel));
        });
        return targets;
    }

    /** Keys of an earlier run still open their doors: a person's bookmarks and scripts go on working. */
    private Map<String, String> apiKeys() throws IOException {
        Path file = settings.data().resolve("demo.json");
        JsonNode old = Files.exists(file) ? json.readTree(Files.readString(file)).path("apiKeys") : json.nullNode();
        Map<String, String> all = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            String known = old.path(role.label()).asText("");
            all.put(role.label(), keys.opens(known) ? known : keys.mint(BRAND, role, "demo"));
        }
        return all;
    }

    private static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("demo/" + name).getBytes(StandardCharsets.UTF_8));
    }
}
