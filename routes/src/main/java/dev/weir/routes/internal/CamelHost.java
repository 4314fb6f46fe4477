package dev.weir.routes.internal;

import dev.weir.connectors.Connection;
import dev.weir.routes.RoutesSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** How are the route files turned into running routes? One Camel context; the files are loaded once, at its start. */
public final class CamelHost implements AutoCloseable {
    private static final List<String> FILES = List.of(
            "webhook-intake",
            "stock-fanout",
            "stock-to-shows",
            "order-push",
            "order-poll",
            "comment-orders",
            "conversions",
            "catalogue-import",
            "housekeeping");
    private static final long DRAIN_SECONDS = 5;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RoutesSettings settings;

    CamelHost(RoutesSettings settings) {
        this.settings = settings;
        context.getCamelContextExtension().setName("weir");
        context.getShutdownStrategy().setTimeout(DRAIN_SECONDS);
        context.getShutdownStrategy().setShutdownNowOnTimeout(true);
        property("weir.kafka", settings.kafka());
        property("weir.inbox.consumers", Integer.toString(settings.inboxConsumers()));
        property("weir.orders.poll", Long.toString(settings.orderPoll().toMillis()));
        // Each process shows stock to its own viewers, so each is a group of its own.
        property("weir.process", UUID.randomUUID().toString());
    }

    CamelContext context() {
        return context;
    }

    private void property(String name, String value) {
        context.getPropertiesComponent().addInitialProperty(name, value);
    }

    void start(Map<String, Object> beans, RouteWatch watch) throws Exception {
        beans.forEach(context.getRegistry()::bind);
        context.addRoutePolicyFactory(watch);
        for (String file : FILES) {
            PluginHelper.getRoutesLoader(context).loadRoutes(resource(file + ".camel.yaml"));
        }
        context.start();
    }

    private Resource resource(String file) {
        Path folder = settings.folder();
        String place = folder != null && Files.isRegularFile(folder.resolve(file))
                ? "file:" + folder.resolve(file).toAbsolutePath()
                : "classpath:routes/" + file;
        return PluginHelper.getResourceLoader(context).resolveResource(place);
    }

    /** Runs a template for the connection, under its own route id. */
    void open(String template, Connection connection) throws Exception {
        String id = template + "-" + connection.id();
        if (context.getRoute(id) == null) {
            TemplatedRouteBuilder.builder(context, template)
                    .routeId(id)
                    .parameter("connectionId", connection.id().toString())
                    .parameter("connectionName", connection.name())
                    .add();
        }
    }

    void close(String template, UUID connectionId) throws Exception {
        String id = template + "-" + connectionId;
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
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
