package dev.weir.hub.internal.web;

import dev.weir.routes.ConversionLog;
import dev.weir.routes.ConversionLog.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which purchases were told to the platforms that brought their buyers. */
@RestController
@RequestMapping("/api/conversions")
class ConversionApi {
    private final ConversionLog log;

    ConversionApi(ConversionLog log) {
        this.log = log;
    }

    @GetMapping
    Map<String, Object> list(
            @RequestParam(required = false) @Nullable String state, @RequestParam(defaultValue = "50") int limit) {
        return Map.of(
                "items",
                log.list(
                        Callers.current().brand(),
                        state == null || state.isBlank() ? null : state(state),
                        Inputs.range("limit", limit, 1, 200)));
    }

    @PostMapping("/{orderId}/{connectionId}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void again(@PathVariable String orderId, @PathVariable String connectionId) {
        boolean parked = log.again(
                Callers.current().brand(), Inputs.uuid("orderId", orderId), Inputs.uuid("connectionId", connectionId));
        if (!parked) {
            throw new NotFound("orderId", orderId);
        }
    }

    private static State state(String name) {
        try {
            return State.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "state: %s (expected: one of %s)"
                            .formatted(name.length() > 40 ? name.substring(0, 40) : name, List.of(State.values())),
                    e);
        }
    }
}
