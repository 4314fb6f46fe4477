package dev.weir.hub.internal.web;

import dev.weir.connectors.Connection;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.Stakes;
import dev.weir.routes.RoutesModule;
import java.util.List;
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
    private final Stakes stakes;

    OpsApi(RoutesModule routes, ChannelHttp http, ConnectionStore connections, Stakes stakes) {
        this.routes = routes;
        this.http = http;
        this.connections = connections;
        this.stakes = stakes;
    }

    @GetMapping("/api/routes")
    Map<String, Object> routes() {
        return Map.of(
                "items",
                routes.routeCatalog().list(),
                "changeable",
                routes.routeEdits().standings());
    }

    /** What each connection of the brand has left to spend, whether it answers, and what waits for it. */
    @GetMapping("/api/budgets")
    Map<String, Object> budgets() {
        String brand = Callers.current().brand();
        List<Connection> own = connections.ofBrand(brand).stream()
                .map(ConnectionStore.Stored::connection)
                .toList();
        Set<UUID> ids = own.stream().map(Connection::id).collect(Collectors.toSet());
        List<ChannelHttp.LaneView> lanes = http.lanes().stream()
                .filter(lane -> ids.contains(lane.connectionId()))
                .toList();
        Set<UUID> deaf = lanes.stream()
                .filter(lane -> lane.breaker().equals("OPEN") || lane.closedForMillis() > 0)
                .map(ChannelHttp.LaneView::connectionId)
                .collect(Collectors.toSet());
        return Map.of("items", lanes, "stakes", stakes.of(brand, own, deaf));
    }
}
