package dev.weir.hub.internal.web;

import dev.weir.routes.Payouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the platforms paid out, as they state it. */
@RestController
@RequestMapping("/api/payouts")
class PayoutApi {
    private static final Duration SHOWN = Duration.ofDays(90);

    private final Payouts payouts;
    private final Clock clock;

    PayoutApi(Payouts payouts, Clock clock) {
        this.payouts = payouts;
        this.clock = clock;
    }

    /** Of the last 90 days when no time is said. */
    @GetMapping
    Map<String, Object> list(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") int limit) {
        Instant end = to == null ? clock.instant() : to;
        return Map.of(
                "items",
                payouts.list(
                        Callers.current().brand(),
                        from == null ? end.minus(SHOWN) : from,
                        end,
                        Inputs.range("limit", limit, 1, 200)));
    }

    @GetMapping("/{connectionId}/{externalId}/lines")
    Map<String, Object> lines(@PathVariable String connectionId, @PathVariable String externalId) {
        return Map.of(
                "items",
                payouts.lines(Callers.current().brand(), Inputs.uuid("connectionId", connectionId), externalId));
    }
}
