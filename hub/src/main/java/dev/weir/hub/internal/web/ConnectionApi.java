package dev.weir.hub.internal.web;

import dev.weir.connectors.Capability;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Setting;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.routes.RoutesModule;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shops that the brand connected. Secrets go in and never come out. */
@RestController
class ConnectionApi {
    private final Channels channels;
    private final ConnectionStore store;
    private final OutgoingAddresses addresses;
    private final RoutesModule routes;
    private final BaseUrl baseUrl;
    private final Clock clock;

    ConnectionApi(
            Channels channels,
            ConnectionStore store,
            OutgoingAddresses addresses,
            RoutesModule routes,
            BaseUrl baseUrl,
            Clock clock) {
        this.channels = channels;
        this.store = store;
        this.addresses = addresses;
        this.routes = routes;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    record NewConnection(
            @Nullable String channel,
            @Nullable String name,
            @Nullable Map<String, String> settings) {}

    @GetMapping("/api/channels")
    Map<String, Object> channels() {
        return Map.of(
                "items",
                channels.all().values().stream()
                        .map(channel -> Map.of(
                                "name", channel.name(),
                                "title", channel.title(),
                                "capabilities", channel.capabilities(),
                                "settings", channel.settings()))
                        .toList());
    }

    @GetMapping("/api/connections")
    Map<String, Object> list() {
        return Map.of(
                "items",
                store.ofBrand(Callers.current().brand()).stream()
                        .map(this::view)
                        .toList());
    }

    @GetMapping("/api/connections/{id}")
    Map<String, Object> find(@PathVariable String id) {
        return view(own(id));
    }

    @PostMapping("/api/connections")
    ResponseEntity<Map<String, Object>> create(@RequestBody NewConnection body) {
        Channel channel = channel(Inputs.text("channel", body.channel(), 40));
        Connection connection = new Connection(
                UUID.randomUUID(),
                Callers.current().brand(),
                channel.name(),
                Inputs.text("name", body.name(), 100),
                checked(channel, Inputs.required("settings", body.settings()), Map.of()));
        store.save(connection);
        routes.refresh();
        return ResponseEntity.created(URI.create("/api/connections/" + connection.id()))
                .body(view(own(connection.id().toString())));
    }

    @PutMapping("/api/connections/{id}")
    Map<String, Object> replace(@PathVariable String id, @RequestBody NewConnection body) {
        Connection old = own(id).connection();
        Channel channel = channel(old.channel());
        store.save(new Connection(
                old.id(),
                old.brand(),
                old.channel(),
                Inputs.text("name", body.name(), 100),
                checked(channel, Inputs.required("settings", body.settings()), old.settings())));
        routes.refresh();
        return view(own(id));
    }

    @DeleteMapping("/api/connections/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        store.delete(own(id).connection().id());
        routes.refresh();
    }

    @PostMapping("/api/connections/{id}/check")
    Check check(@PathVariable String id) {
        Connection connection = own(id).connection();
        Check check = channel(connection.channel()).check(connection);
        store.checked(connection.id(), check, clock.instant());
        return check;
    }

    private Channel channel(String name) {
        return channels.find(name)
                .orElseThrow(() -> new IllegalArgumentException("channel: " + name + " (expected: one of "
                        + channels.all().keySet() + ")"));
    }

    private ConnectionStore.Stored own(String id) {
        return store.stored(Inputs.uuid("connectionId", id))
                .filter(stored ->
                        stored.connection().brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("connectionId", id));
    }

    /** A secret left out keeps its old value, because it was never shown. */
    private Map<String, String> checked(Channel channel, Map<String, String> given, Map<String, String> old) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Setting setting : channel.settings()) {
            String value = given.get(setting.name());
            if (value == null || value.isBlank() || "••••".equals(value)) {
                value = setting.secret() ? old.get(setting.name()) : null;
            }
            if (value == null && setting.required()) {
                throw new IllegalArgumentException(
                        "settings." + setting.name() + ": missing (expected: " + setting.title() + ")");
            }
            if (value != null) {
                String field = "settings." + setting.name();
                String bounded = Inputs.text(field, value, 4_000);
                if (bounded.startsWith("http://") || bounded.startsWith("https://")) {
                    addresses.check(field, bounded, Set.of("http", "https"));
                }
                settings.put(setting.name(), bounded);
            }
        }
        if ("true".equals(given.get("backend"))) {
            settings.put("backend", "true");
        }
        return settings;
    }

    private Map<String, Object> view(ConnectionStore.Stored stored) {
        Connection connection = stored.connection();
        Channel channel = channel(connection.channel());
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Setting setting : channel.settings()) {
            String value = connection.settings().get(setting.name());
            if (value != null) {
                settings.put(setting.name(), setting.secret() ? "••••" : value);
            }
        }
        settings.put("backend", connection.setting("backend", "false"));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", connection.id());
        view.put("channel", connection.channel());
        view.put("name", connection.name());
        view.put("state", state(stored));
        view.put("settings", settings);
        view.put(
                "webhookUrl",
                channel.capabilities().contains(Capability.ORDER_WEBHOOK)
                        ? baseUrl.get() + "/webhooks/" + connection.channel() + "/" + connection.id()
                        : null);
        view.put("lastCheckedAt", stored.checkedAt());
        view.put("lastError", Boolean.FALSE.equals(stored.checkOk()) ? stored.checkDetail() : null);
        view.put("capabilities", channel.capabilities());
        return view;
    }

    private static String state(ConnectionStore.Stored stored) {
        if (!stored.enabled()) {
            return "DISABLED";
        }
        if (stored.checkOk() == null) {
            return "UNCHECKED";
        }
        return stored.checkOk() ? "OK" : "FAILING";
    }
}
