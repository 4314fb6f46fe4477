package dev.weir.hub.internal.web;

import dev.weir.routes.Payouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the platforms paid out, as they state it, and whether it is what is booked. */
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
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        Instant end = to == null ? clock.instant() : to;
        Payouts.Page page = payouts.list(
                Callers.current().brand(),
                from == null ? end.minus(SHOWN) : from,
                end,
                cursor,
                Inputs.range("limit", limit, 1, 200));
        return paged(page.items(), page.next());
    }

    @GetMapping("/{connectionId}/{externalId}/lines")
    Map<String, Object> lines(@PathVariable String connectionId, @PathVariable String externalId) {
        return Map.of(
                "items",
                payouts.lines(Callers.current().brand(), Inputs.uuid("connectionId", connectionId), externalId));
    }

    /** The payout against the journal, order by order. */
    @GetMapping("/{connectionId}/{externalId}/orders")
    Map<String, Object> orders(
            @PathVariable String connectionId,
            @PathVariable String externalId,
            @RequestParam(required = false) @Nullable String verdict,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        Payouts.Comparison comparison = payouts.compare(
                        Callers.current().brand(),
                        Inputs.uuid("connectionId", connectionId),
                        externalId,
                        verdict(verdict),
                        cursor,
                        Inputs.range("limit", limit, 1, 200))
                .orElseThrow(() -> new NotFound("externalId", externalId));
        Map<String, Object> view = paged(comparison.items(), comparison.next());
        view.put("payout", comparison.payout());
        return view;
    }

    private static Payouts.@Nullable Verdict verdict(@Nullable String named) {
        if (named == null) {
            return null;
        }
        return Arrays.stream(Payouts.Verdict.values())
                .filter(verdict -> verdict.name().equals(named))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "verdict: " + named + " (expected: one of " + Arrays.toString(Payouts.Verdict.values()) + ")"));
    }

    private static Map<String, Object> paged(List<?> items, @Nullable String next) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("items", items);
        view.put("nextCursor", next);
        return view;
    }
}
