package dev.weir.hub.internal.web;

import dev.weir.connectors.Channel;
import dev.weir.connectors.Check;
import dev.weir.connectors.Connection;
import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.connections.Channels;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.NoticeStore;
import dev.weir.hub.internal.connections.OutgoingAddresses;
import dev.weir.hub.internal.connections.SecretProofs;
import dev.weir.hub.internal.connections.SecretRotation;
import dev.weir.hub.internal.connections.TokenKeeper;
import dev.weir.routes.CatalogueImport.Standing;
import dev.weir.routes.RoutesModule;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    private static final int REFUSALS = 100;

    private final Channels channels;
    private final ConnectionStore store;
    private final OutgoingAddresses addresses;
    private final RoutesModule routes;
    private final TokenKeeper keeper;
    private final NoticeStore notices;
    private final SecretProofs proofs;
    private final ConnectionViews views;
    private final Acts acts;
    private final Clock clock;

    ConnectionApi(
            Channels channels,
            ConnectionStore store,
            OutgoingAddresses addresses,
            RoutesModule routes,
            TokenKeeper keeper,
            NoticeStore notices,
            SecretProofs proofs,
            ConnectionViews views,
            Acts acts,
            Clock clock) {
        this.channels = channels;
        this.store = store;
        this.addresses = addresses;
        this.routes = routes;
        this.keeper = keeper;
        this.notices = notices;
        this.proofs = proofs;
        this.views = views;
        this.acts = acts;
        this.clock = clock;
    }

    /** {@code consent}: required settings may be missing, because the operator is about to consent at the platform. */
    record NewConnection(
            @Nullable String channel,
            @Nullable String name,
            @Nullable Map<String, String> settings,
            @Nullable Boolean consent) {
        boolean isConsenting() {
            return Boolean.TRUE.equals(consent);
        }
    }

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
        ConnectionEntry entry =
                ConnectionEntry.of(channel, body.name(), body.settings(), body.isConsenting(), addresses);
        onlyOneIsTheBrandsOwn(entry, null);
        Map<String, String> settings = entry.settings();
        Connection connection =
                new Connection(UUID.randomUUID(), Callers.current().brand(), channel.name(), entry.name(), settings);
        acts.noted(
                () -> {
                    store.save(connection, entry.isUnfinished(settings) || entry.consenting());
                    return connection;
                },
                made -> ConnectionNotes.note(Act.CONNECTION_CREATED, made, ""));
        routes.refresh();
        return ResponseEntity.created(URI.create("/api/connections/" + connection.id()))
                .body(view(own(connection.id().toString())));
    }

    @PutMapping("/api/connections/{id}")
    Map<String, Object> replace(@PathVariable String id, @RequestBody NewConnection body) {
        Connection old = own(id).connection();
        ConnectionEntry entry = ConnectionEntry.of(
                channel(old.channel()), body.name(), body.settings(), body.isConsenting(), addresses);
        onlyOneIsTheBrandsOwn(entry, old.id());
        Set<String> given = keeper.given(old.id());
        Map<String, Object> view = changed(
                id,
                stored -> {
                    notices.clear(old.id());
                    return entry.draft(stored, given, clock.instant());
                },
                ConnectionNotes::changes);
        routes.importSoon(old.id());
        return view;
    }

    /** Brings the shop's catalogue in again, unless that is under way; the view tells how it stands. */
    @PostMapping("/api/connections/{id}/import")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> importAgain(@PathVariable String id) {
        UUID connection = own(id).connection().id();
        if (!routes.catalogueImport()
                .standing(connection)
                .map(Standing::isUnderWay)
                .orElse(false)) {
            routes.importSoon(connection);
        }
        return view(own(id));
    }

    /** Two shops that both say what the brand sells would undo each other. */
    private void onlyOneIsTheBrandsOwn(ConnectionEntry entry, @Nullable UUID self) {
        if (!entry.backend()) {
            return;
        }
        store.ofBrand(Callers.current().brand()).stream()
                .map(ConnectionStore.Stored::connection)
                .filter(other ->
                        !other.id().equals(self) && other.setting("backend", "").equals("true"))
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "settings.backend: true (expected: one shop of the brand, which is " + other.name()
                                    + " now)");
                });
    }

    /** The old value of a secret that was replaced is no longer accepted. */
    @DeleteMapping("/api/connections/{id}/rotations/{setting}")
    Map<String, Object> endRotation(@PathVariable String id, @PathVariable String setting) {
        own(id);
        return changed(
                id,
                stored -> SecretRotation.end(stored, setting),
                (before, after) -> ": the old " + setting + " ended");
    }

    @DeleteMapping("/api/connections/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        acts.noted(
                () -> {
                    Connection connection = own(id).connection();
                    store.delete(connection.id());
                    return connection;
                },
                gone -> ConnectionNotes.note(Act.CONNECTION_REMOVED, gone, ""));
        routes.refresh();
    }

    /** How far the catalogue has come in and ours gone out, and which products the shop refused; 100 of these at most. */
    @GetMapping("/api/connections/{id}/catalogue")
    Map<String, Object> catalogue(@PathVariable String id) {
        UUID connection = own(id).connection().id();
        Map<String, Object> view = progress(connection);
        view.put("refused", CatalogueViews.refusals(routes.catalogueImport().refusals(connection, REFUSALS)));
        return view;
    }

    @PostMapping("/api/connections/{id}/check")
    Check check(@PathVariable String id) {
        Connection connection = keeper.live(own(id).connection());
        Check check = channel(connection.channel()).check(connection);
        Check known = store.checked(connection.id(), check, clock.instant());
        proofs.learn();
        return new Check(known.ok(), known.words(), known.unproven());
    }

    /** {@code what} says what of it was changed. */
    private Map<String, Object> changed(
            String id,
            Function<ConnectionStore.Stored, ConnectionStore.Draft> change,
            BiFunction<Connection, Connection, String> what) {
        Connection before = own(id).connection();
        ConnectionStore.Stored changed = acts.noted(
                () -> store.change(before.id(), stored -> Optional.of(change.apply(stored)))
                        .orElseThrow(() -> new NotFound("connectionId", id)),
                after -> ConnectionNotes.note(
                        Act.CONNECTION_CHANGED, after.connection(), what.apply(before, after.connection())));
        routes.refresh();
        return view(changed);
    }

    private Map<String, Object> view(ConnectionStore.Stored stored) {
        Map<String, Object> view =
                views.view(stored, channel(stored.connection().channel()));
        view.put(
                "catalogue",
                routes.catalogueImport()
                        .standing(stored.connection().id())
                        .map(CatalogueViews::standing)
                        .orElse(null));
        view.put("progress", progress(stored.connection().id()));
        return view;
    }

    private Map<String, Object> progress(UUID connectionId) {
        return CatalogueViews.progress(routes.catalogueImport().progress(connectionId));
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
}
