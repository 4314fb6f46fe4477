package dev.weir.hub.internal.web;

import dev.weir.connectors.Fault;
import dev.weir.connectors.http.CallRecord;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.Lane;
import dev.weir.hub.internal.connections.ConnectionStore;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What this hub asked of a brand's shops: the last 1,000 calls of a connection, without any secret. */
@RestController
class CallApi {
    private static final String WELL = "OK";
    private static final String FAILED = "FAILED";

    private final ChannelHttp http;
    private final ConnectionStore connections;

    CallApi(ChannelHttp http, ConnectionStore connections) {
        this.http = http;
        this.connections = connections;
    }

    @GetMapping("/api/connections/{id}/calls")
    Map<String, Object> calls(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String lane,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "100") int limit) {
        Predicate<CallRecord> wanted = lane(lane).and(outcome(outcome));
        int most = Inputs.range("limit", limit, 1, 1_000);
        return Map.of(
                "items",
                http.calls(own(id)).stream()
                        .filter(wanted)
                        .limit(most)
                        .map(CallApi::view)
                        .toList());
    }

    private UUID own(String id) {
        return connections
                .stored(Inputs.uuid("connectionId", id))
                .map(ConnectionStore.Stored::connection)
                .filter(connection ->
                        connection.brand().equals(Callers.current().brand()))
                .orElseThrow(() -> new NotFound("connectionId", id))
                .id();
    }

    private static Predicate<CallRecord> lane(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return call -> true;
        }
        Lane lane = Arrays.stream(Lane.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "lane: " + name + " (expected: one of " + Arrays.toString(Lane.values()) + ")"));
        return call -> call.lane() == lane;
    }

    private static Predicate<CallRecord> outcome(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return call -> true;
        }
        if (name.equals(FAILED)) {
            return call -> call.fault() != null;
        }
        if (!name.equals(WELL)
                && Arrays.stream(Fault.values()).noneMatch(fault -> fault.name().equals(name))) {
            throw new IllegalArgumentException(
                    "outcome: " + name + " (expected: OK, FAILED or one of " + Arrays.toString(Fault.values()) + ")");
        }
        return call -> outcome(call).equals(name);
    }

    private static String outcome(CallRecord call) {
        Fault fault = call.fault();
        return fault == null ? WELL : fault.name();
    }

    private static Map<String, Object> view(CallRecord call) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("at", call.at());
        view.put("operation", call.operation());
        view.put("lane", call.lane());
        view.put("budget", call.bucket());
        view.put("expected", call.expected());
        view.put("charged", call.charged());
        view.put("waitedMillis", call.waited().toMillis());
        view.put("tookMillis", call.took().toMillis());
        view.put("tries", call.tries());
        view.put("status", call.status() == 0 ? null : call.status());
        view.put("outcome", outcome(call));
        return view;
    }
}
