package dev.weir.hub.internal.web;

import dev.weir.orders.AttributionRules;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** By which rules were orders attributed, and what would other rules say? */
@RestController
class AttributionApi {
    private final AttributionRules rules;

    AttributionApi(AttributionRules rules) {
        this.rules = rules;
    }

    record InForce(@Nullable Integer ruleset) {}

    record NewRun(
            @Nullable Integer ruleset,
            @Nullable String from,
            @Nullable String to) {}

    @GetMapping("/api/attribution")
    Map<String, Object> sets() {
        return Map.of("inForce", rules.inForce(Callers.current().brand()), "sets", rules.sets());
    }

    /** Decides new orders from now on; old ones keep what was decided. */
    @PutMapping("/api/attribution")
    Map<String, Object> adopt(@RequestBody InForce body) {
        rules.adopt(Callers.current().brand(), Inputs.required("ruleset", body.ruleset()));
        return sets();
    }

    @PostMapping("/api/attribution/runs")
    ResponseEntity<Object> rerun(@RequestBody NewRun body) {
        AttributionRules.Run run = rules.rerun(
                Callers.current().brand(),
                Inputs.required("ruleset", body.ruleset()),
                instant("from", body.from()),
                instant("to", body.to()));
        return ResponseEntity.created(URI.create("/api/attribution/runs/" + run.id()))
                .body(run);
    }

    @GetMapping("/api/attribution/runs")
    Map<String, Object> runs(@RequestParam(defaultValue = "20") int limit) {
        return Map.of("items", rules.runs(Callers.current().brand(), Inputs.range("limit", limit, 1, 100)));
    }

    /** How far it has come, and which orders it would have booked elsewhere. */
    @GetMapping("/api/attribution/runs/{id}")
    Map<String, Object> run(@PathVariable String id) {
        String brand = Callers.current().brand();
        UUID runId = Inputs.uuid("id", id);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("run", rules.run(brand, runId).orElseThrow(() -> new NotFound("id", id)));
        view.put("shifts", rules.shifts(brand, runId));
        return view;
    }

    /** Every decision on one order, oldest first, with evidence and losers. */
    @GetMapping("/api/orders/{id}/attribution")
    Map<String, Object> of(@PathVariable String id) {
        List<AttributionRules.Decision> decisions = rules.of(Callers.current().brand(), Inputs.uuid("id", id));
        if (decisions.isEmpty()) {
            throw new NotFound("id", id);
        }
        return Map.of("items", decisions);
    }

    private static Instant instant(String field, @Nullable String text) {
        String given = Inputs.text(field, text, 40);
        try {
            return Instant.parse(given);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    field + ": " + given + " (expected: an instant like 2026-11-24T18:00:00Z)", e);
        }
    }
}
