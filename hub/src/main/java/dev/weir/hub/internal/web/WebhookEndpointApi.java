package dev.weir.hub.internal.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.weir.hub.internal.audit.Act;
import dev.weir.hub.internal.audit.Audit;
import dev.weir.routes.WebhookEndpoints;
import dev.weir.routes.WebhookEndpoints.Attempt;
import dev.weir.routes.WebhookEndpoints.Endpoint;
import dev.weir.routes.WebhookEndpoints.Entered;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The brand's own systems that are told of its events: entered, tried, and told once more. */
@RestController
@RequestMapping("/api/webhook-endpoints")
class WebhookEndpointApi {
    private final WebhookEndpoints endpoints;
    private final Acts acts;

    WebhookEndpointApi(WebhookEndpoints endpoints, Acts acts) {
        this.endpoints = endpoints;
        this.acts = acts;
    }

    record Body(
            @Nullable String name,
            @Nullable String url,
            @Nullable List<String> types,
            @Nullable Boolean on) {
        private Entered entered() {
            return new Entered(name, url, types);
        }
    }

    /** The one answer that holds a secret. */
    record Shown(@JsonUnwrapped Endpoint endpoint, @Nullable String secret) {}

    record Tested(boolean ok, @JsonUnwrapped Attempt attempt) {}

    @GetMapping
    Map<String, Object> list() {
        return Map.of("items", endpoints.list(Callers.current().brand()), "types", endpoints.types());
    }

    @PostMapping
    ResponseEntity<Shown> create(
            @RequestBody Body body, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
        String repeatable = key == null ? null : Inputs.text("Idempotency-Key", key, 64);
        var created = acts.noted(
                () -> endpoints.create(Callers.current().brand(), repeatable, body.entered()),
                // A repeated call finds what the first one made, and no secret.
                made -> made.secret() == null ? null : note(Act.ENDPOINT_CREATED, made.endpoint(), ""));
        return ResponseEntity.created(URI.create(
                        "/api/webhook-endpoints/" + created.endpoint().id()))
                .body(new Shown(created.endpoint(), created.secret()));
    }

    @GetMapping("/{id}")
    Endpoint find(@PathVariable String id) {
        return own(id);
    }

    /** What is left out stays as it is. */
    @PutMapping("/{id}")
    Endpoint edit(@PathVariable String id, @RequestBody Body body) {
        Endpoint before = own(id);
        return acts.noted(
                () -> endpoints
                        .edit(Callers.current().brand(), before.id(), body.entered(), body.on())
                        .orElseThrow(() -> new NotFound("id", id)),
                after -> before.on() == after.on()
                        ? note(Act.ENDPOINT_CHANGED, after, "")
                        : note(Act.ENDPOINT_SWITCHED, after, after.on() ? ", on" : ", off"));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id) {
        Endpoint endpoint = own(id);
        acts.noted(
                () -> endpoints.remove(Callers.current().brand(), endpoint.id()),
                removed -> removed ? note(Act.ENDPOINT_REMOVED, endpoint, "") : null);
    }

    /** A new secret, shown here alone; the old one signs beside it for a day. */
    @PostMapping("/{id}/secret")
    Shown rotate(@PathVariable String id) {
        return acts.noted(
                () -> endpoints
                        .rotate(Callers.current().brand(), Inputs.uuid("id", id))
                        .map(created -> new Shown(created.endpoint(), created.secret()))
                        .orElseThrow(() -> new NotFound("id", id)),
                shown -> note(Act.ENDPOINT_CHANGED, shown.endpoint(), ", a new secret"));
    }

    /** Waits for the answer, 15 s at most. */
    @PostMapping("/{id}/test")
    Tested test(@PathVariable String id) {
        return endpoints
                .test(Callers.current().brand(), Inputs.uuid("id", id))
                .map(attempt -> new Tested(attempt.error() == null, attempt))
                .orElseThrow(() -> new NotFound("id", id));
    }

    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    WebhookEndpoints.Replay replay(@PathVariable String id, @RequestParam String since) {
        Endpoint endpoint = own(id);
        return acts.noted(
                () -> endpoints
                        .replay(Callers.current().brand(), endpoint.id(), instant(since))
                        .orElseThrow(() -> new NotFound("id", id)),
                replay -> note(Act.ENDPOINT_REPLAYED, endpoint, ", since " + replay.since()));
    }

    @GetMapping("/{id}/deliveries")
    Map<String, Object> deliveries(
            @PathVariable String id,
            @RequestParam(required = false) WebhookEndpoints.@Nullable State state,
            @RequestParam(defaultValue = "50") int limit) {
        UUID endpoint = own(id).id();
        return Map.of(
                "items",
                endpoints.deliveries(Callers.current().brand(), endpoint, state, Inputs.range("limit", limit, 1, 200)));
    }

    @GetMapping("/{id}/deliveries/{delivery}/attempts")
    Map<String, Object> attempts(@PathVariable String id, @PathVariable long delivery) {
        return Map.of("items", endpoints.attempts(Callers.current().brand(), own(id).id(), delivery));
    }

    /** Addresses can hold secrets, so the name alone is told. */
    private static Audit.Note note(Act act, Endpoint endpoint, String more) {
        return Acts.note(act, endpoint.id(), endpoint.name() + more);
    }

    private Endpoint own(String id) {
        return endpoints
                .find(Callers.current().brand(), Inputs.uuid("id", id))
                .orElseThrow(() -> new NotFound("id", id));
    }

    private static Instant instant(String since) {
        try {
            return Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "since: " + (since.length() > 40 ? since.substring(0, 40) : since)
                            + " (expected: an instant like 2026-11-24T18:00:00Z)",
                    e);
        }
    }
}
