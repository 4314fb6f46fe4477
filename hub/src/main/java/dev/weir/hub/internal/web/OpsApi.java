package dev.weir.hub.internal.web;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.routes.RoutesModule;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Routes and budgets, for those who look after them. */
@RestController
class OpsApi {
    private final RoutesModule routes;
    private final ChannelHttp http;
    private final ConnectionStore connections;

    OpsApi(RoutesModule routes, ChannelHttp http, ConnectionStore connections) {
        this.routes = routes;
        this.http = http;
        this.connections = connections;
    }

    @GetMapping("/api/routes")
    Map<String, Object> routes() {
        return Map.of(
                "items",
                routes.routeCatalog().list(),
                "changeable",
                routes.routeEdits().standings());
    }

    @GetMapping("/api/budgets")
    Map<String, Object> budgets() {
        Set<UUID> own = connections.ofBrand(Callers.current().brand()).stream()
                .map(stored -> stored.connection().id())
                .collect(Collectors.toSet());
        return Map.of(
                "items",
                http.lanes().stream()
                        .filter(lane -> own.contains(lane.connectionId()))
                        .toList());
    }
}
