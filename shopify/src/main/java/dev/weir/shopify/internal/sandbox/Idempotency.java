package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What does {@code @idempotent} do? Mandatory since 2026-04: a key answers for 24 hours as it did first, and refuses other
 * arguments. The last 100,000 keys of this process.
 */
final class Idempotency {
    private static final Duration KEY_LIFE = Duration.ofHours(24);
    private static final int MOST_KEYS = 100_000;

    private final Map<String, Answered> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answered> eldest) {
            return size() > MOST_KEYS;
        }
    };
    private final Clock clock;

    Idempotency(Clock clock) {
        this.clock = clock;
    }

    /** Carries {@code step} out for the call's input, or answers as before; {@code validate} fails before any key is spent. */
    ObjectNode once(
            GraphQl.Selection call,
            Function<JsonNode, ObjectNode> step,
            java.util.function.Consumer<JsonNode> validate) {
        JsonNode input = call.argument("input");
        String key = call.name() + " " + key(call);
        validate.accept(input);
        Answered seen = keys.get(key);
        if (seen != null && seen.at().plus(KEY_LIFE).isAfter(clock.instant())) {
            return seen.input().equals(input) ? seen.payload() : mismatch(seen.payload());
        }
        ObjectNode payload = step.apply(input);
        keys.put(key, new Answered(clock.instant(), input, payload));
        return payload;
    }

    private static ObjectNode mismatch(ObjectNode before) {
        ObjectNode payload = SandboxStore.document();
        before.fieldNames().forEachRemaining(payload::putNull);
        payload.putArray("userErrors")
                .addObject()
                .put("message", "The same idempotency key cannot be used with different operation parameters.")
                .put("code", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")
                .putNull("field");
        return payload;
    }

    private static String key(GraphQl.Selection call) {
        var directive = call.directives().get("idempotent");
        if (directive == null) {
            throw new GraphQlFailure(
                    "BAD_REQUEST", "The @idempotent directive is required for this mutation but was not provided.");
        }
        JsonNode key = directive.get("key");
        if (key == null || key.asText().isBlank()) {
            throw new GraphQlFailure(
                    "missingRequiredArguments", "Directive 'idempotent' is missing required arguments: key");
        }
        return key.asText();
    }

    private record Answered(Instant at, JsonNode input, ObjectNode payload) {}
}
