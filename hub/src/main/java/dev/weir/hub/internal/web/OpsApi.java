package dev.weir.hub.internal.web;

import dev.weir.connectors.http.ChannelHttp;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.routes.RoutesModule;
import dev.weir.routes.WebhookLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries, routes and budgets, for those who look after them. */
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

    @GetMapping("/api/webhooks")
    Map<String, Object> webhooks(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        WebhookLog.Page page = routes.webhookLog()
                .list(
                        Callers.current().brand(),
                        state(state),
                        cursor == null || cursor.isBlank() ? null : cursor,
                        Inputs.range("limit", limit, 1, 200));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", page.items().stream().map(OpsApi::view).toList());
        view.put("nextCursor", page.next());
        return view;
    }

    @GetMapping("/api/webhooks/{id}")
    Map<String, Object> webhook(@PathVariable String id) {
        WebhookLog.Detail detail = own(id);
        Map<String, Object> view = view(detail.entry());
        view.put("headers", detail.headers());
        view.put("body", detail.body());
        view.put("size", detail.size());
        return view;
    }

    @PostMapping("/api/webhooks/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Object> replay(@PathVariable String id) {
        UUID delivery = own(id).entry().id();
        routes.webhookLog().replay(delivery);
        return Map.of("id", delivery, "state", WebhookLog.State.RECEIVED);
    }

    /** Deliveries of the payment gateway belong to the house, not to a brand, and are not shown here. */
    private WebhookLog.Detail own(String id) {
        return routes.webhookLog()
                .find(Inputs.uuid("id", id))
                .filter(found -> found.entry().brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static WebhookLog.@Nullable State state(@Nullable String state) {
        if (state == null || state.isBlank()) {
            return null;
        }
        try {
            return WebhookLog.State.valueOf(state);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state: " + state + " (expected: one of " + java.util.Arrays.toString(WebhookLog.State.values())
                            + ")",
                    e);
        }
    }

    private static Map<String, Object> view(WebhookLog.Entry entry) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", entry.id());
        view.put("channel", entry.channel());
        view.put("connectionId", entry.connectionId());
        view.put("topic", entry.topic());
        view.put("deliveryId", entry.deliveryId());
        view.put("state", entry.state());
        view.put("reason", entry.reason());
        view.put("attempts", entry.attempts());
        view.put("receivedAt", entry.receivedAt());
        view.put("nextTryAt", entry.nextTryAt());
        view.put("processedAt", entry.doneAt());
        return view;
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
