package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.RoutesSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How are route texts turned into running routes, and one version into the next? One Camel context. A version is built beside the one
 * that runs, which is stopped, drained (5 s at most) and kept; then the new one starts. What cannot be built or started leaves the old one
 * running. Thread-safe; one change at a time.
 */
public final class CamelHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CamelHost.class);
    private static final long DRAIN_SECONDS = 5;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final String process = UUID.randomUUID().toString();
    private final CarefulClients clients = new CarefulClients(process);
    private final Map<String, RouteText> inForce = new ConcurrentHashMap<>();
    private final Map<String, RouteText> kept = new ConcurrentHashMap<>();
    /** By template: the connections that a route was made for. */
    private final Map<String, Map<UUID, Connection>> made = new ConcurrentHashMap<>();

    CamelHost(RoutesSettings settings) {
        context.getCamelContextExtension().setName("weir");
        context.getShutdownStrategy().setTimeout(DRAIN_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        KafkaComponent kafka = context.getComponent("kafka", KafkaComponent.class);
        kafka.setKafkaClientFactory(clients);
        kafka.getConfiguration().setShutdownTimeout(Math.toIntExact(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS)));
        property("weir.kafka", settings.kafka());
        property("weir.inbox.consumers", Integer.toString(settings.inboxConsumers()));
        property("weir.orders.poll", Long.toString(settings.orderPoll().toMillis()));
        // Each process shows stock to its own viewers, so each is a group of its own.
        property("weir.process", process);
    }

    CamelContext context() {
        return context;
    }

    /** A fresh name at each start. */
    String process() {
        return process;
    }

    private void property(String name, String value) {
        context.getPropertiesComponent().addInitialProperty(name, value);
    }

    void start(Map<String, Object> beans, RouteWatch watch) {
        beans.forEach(context.getRegistry()::bind);
        context.addRoutePolicyFactory(watch);
        context.start();
    }

    /** The first version of a route; throws when it cannot be built or started. */
    synchronized void begin(RouteText text) throws Exception {
        build(text);
        if (!text.template()) {
            try {
                context.getRouteController().startRoute(text.runtimeId());
            } catch (Exception e) {
                remove(text);
                throw e;
            }
        }
        inForce.put(text.id(), text);
    }

    /** Builds a text and takes it away again, unless it is there already; throws when that cannot be. */
    synchronized void check(RouteText text) throws Exception {
        if (!isBuilt(text)) {
            build(text);
            remove(text);
        }
    }

    int running(String id) {
        return text(id).map(RouteText::version).orElse(0);
    }

    /** What runs, whatever became of where it came from; empty before it was begun. */
    Optional<RouteText> text(String id) {
        return Optional.ofNullable(inForce.get(id));
    }

    /** Whether the route is the one in force of its versions, not one that is kept to go back to. */
    boolean isInForce(String runtimeId) {
        String plain = RouteText.plainId(runtimeId);
        int version = RouteText.version(runtimeId);
        RouteText route = inForce.get(plain);
        return route != null
                ? route.version() == version
                : inForce.values().stream()
                        .filter(RouteText::template)
                        .filter(template -> plain.startsWith(template.id() + "-"))
                        .allMatch(template -> template.version() == version);
    }

    /** Runs another version instead of the one in force; when it throws, the one in force runs on. */
    synchronized void swap(RouteText next) throws Exception {
        RouteText now = inForce.get(next.id());
        if (now == null || now.version() == next.version()) {
            return;
        }
        List<String[]> pairs = new ArrayList<>();
        List<String[]> done = new ArrayList<>();
        try {
            build(next);
            for (String plain : instances(now)) {
                pairs.add(new String[] {
                    RouteText.runtimeId(plain, now.version()), RouteText.runtimeId(plain, next.version())
                });
            }
            for (String[] pair : pairs) {
                exchange(pair[0], pair[1]);
                done.add(pair);
            }
        } catch (Exception e) {
            undo(done, next, e);
            throw e;
        }
        inForce.put(next.id(), next);
        RouteText older = kept.remove(next.id());
        if (older != null && older.version() != next.version()) {
            remove(older);
        }
        keep(now);
    }

    /** To go back to. One with a message that does not end is not begun again: it is built afresh when it is wanted. */
    private void keep(RouteText old) {
        List<String> busy = instances(old).stream()
                .map(plain -> RouteText.runtimeId(plain, old.version()))
                .filter(id -> context.getInflightRepository().size(id) > 0)
                .toList();
        if (busy.isEmpty()) {
            kept.put(old.id(), old);
        } else {
            LOG.warn("Not through with their messages after {} s, which are seen again: {}", DRAIN_SECONDS, busy);
            remove(old);
        }
    }

    /** Back to what ran before. What cannot go back goes on as it is until the next look: nothing that runs is cleared away. */
    private void undo(List<String[]> done, RouteText next, Exception why) {
        boolean back = true;
        for (String[] pair : done.reversed()) {
            try {
                exchange(pair[1], pair[0]);
            } catch (Exception e) {
                why.addSuppressed(e);
                back = false;
            }
        }
        if (back) {
            remove(next);
        }
    }

    private List<String> instances(RouteText text) {
        return text.template()
                ? connections(text).keySet().stream()
                        .map(id -> text.id() + "-" + id)
                        .toList()
                : List.of(text.id());
    }

    private Map<UUID, Connection> connections(RouteText template) {
        return made.computeIfAbsent(template.id(), id -> new ConcurrentSkipListMap<>());
    }

    /** What the route does, and of one that was made for a shop, for which. */
    String description(String runtimeId) {
        String plain = RouteText.plainId(runtimeId);
        RouteText route = inForce.get(plain);
        if (route != null) {
            return route.description();
        }
        return inForce.values().stream()
                .filter(text -> text.template() && plain.startsWith(text.id() + "-"))
                .flatMap(text -> connections(text).values().stream()
                        .filter(shop -> plain.equals(text.id() + "-" + shop.id()))
                        .map(shop ->
                                text.description().isEmpty() ? shop.name() : text.description() + ": " + shop.name()))
                .findFirst()
                .orElse("");
    }

    /** The consumer first, so that the message in hand is the last one; then what it set off. */
    private void exchange(String from, String to) throws Exception {
        clients.keepPlaces(true);
        try {
            exchangeNow(from, to);
        } finally {
            clients.keepPlaces(false);
        }
    }

    private void exchangeNow(String from, String to) throws Exception {
        Route old = context.getRoute(from);
        if (old != null) {
            ServiceHelper.stopService(old.getConsumer());
            context.getRouteController().stopRoute(from, DRAIN_SECONDS, TimeUnit.SECONDS, false);
        }
        try {
            context.getRouteController().startRoute(to);
        } catch (Exception e) {
            if (old != null) {
                context.getRouteController().startRoute(from);
            }
            throw e;
        }
    }

    private void build(RouteText text) throws Exception {
        try {
            if (!isBuilt(text)) {
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString(text.id() + ".camel.yaml", text.toRun()));
            }
            if (text.template()) {
                for (Connection connection : connections(text).values()) {
                    make(text, connection);
                }
            }
        } catch (Exception e) {
            remove(text);
            throw e;
        }
    }

    private boolean isBuilt(RouteText text) {
        return text.template()
                ? context.getRouteTemplateDefinition(text.runtimeId()) != null
                : context.getRoute(text.runtimeId()) != null;
    }

    private void make(RouteText template, Connection connection) throws Exception {
        String id = RouteText.runtimeId(template.id() + "-" + connection.id(), template.version());
        if (context.getRoute(id) == null) {
            TemplatedRouteBuilder.builder(context, template.runtimeId())
                    .routeId(id)
                    .parameter("connectionId", connection.id().toString())
                    .parameter("connectionName", connection.name())
                    .handler(definition -> definition.getRoute().setAutoStartup("false"))
                    .add();
        }
    }

    /** Whatever there is of it. */
    private void remove(RouteText text) {
        try {
            for (String plain : instances(text)) {
                remove(RouteText.runtimeId(plain, text.version()));
            }
            if (text.template()) {
                context.removeRouteTemplates(text.runtimeId());
            }
        } catch (Exception e) {
            LOG.warn("Version {} of route {} cannot be cleared away", text.version(), text.id(), e);
        }
    }

    private void remove(String runtimeId) throws Exception {
        if (context.getRoute(runtimeId) != null) {
            context.getRouteController().stopRoute(runtimeId);
            context.removeRoute(runtimeId);
        }
        RouteDefinition definition = context.getRouteDefinition(runtimeId);
        if (definition != null) {
            context.removeRouteDefinition(definition);
        }
    }

    /** Runs a template for the connection, under its own route id. */
    synchronized void open(String template, Connection connection) throws Exception {
        RouteText text = inForce.get(template);
        if (text == null) {
            throw new IllegalStateException("template: " + template + " (expected: one that was begun)");
        }
        make(text, connection);
        context.getRouteController().startRoute(RouteText.runtimeId(template + "-" + connection.id(), text.version()));
        connections(text).put(connection.id(), connection);
    }

    synchronized void close(String template, UUID connectionId) throws Exception {
        String plain = template + "-" + connectionId;
        for (Map<String, RouteText> versions : List.of(inForce, kept)) {
            RouteText text = versions.get(template);
            if (text != null) {
                remove(RouteText.runtimeId(plain, text.version()));
            }
        }
        made.getOrDefault(template, Map.of()).remove(connectionId);
    }

    <T> T call(String uri, Object body, Class<T> answer) {
        try (var producer = context.createProducerTemplate()) {
            return producer.requestBody(uri, body, answer);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
