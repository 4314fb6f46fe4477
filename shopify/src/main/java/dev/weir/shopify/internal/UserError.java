package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What did a mutation refuse inside a successful answer? Told apart by {@code code}: the texts differ between the
 * documentation and the wire.
 *
 * @param field path into the input; empty where Shopify names none
 * @param code empty where Shopify gives none
 */
record UserError(List<String> field, String message, String code) {
    private static final Set<String> AGAIN = Set.of(
            "IDEMPOTENCY_CONCURRENT_REQUEST",
            "SERVICE_UNAVAILABLE",
            "ADJUST_QUANTITIES_FAILED",
            "MOVE_QUANTITIES_FAILED");

    /** The errors of one payload, from the list called {@code name}. */
    static List<UserError> of(JsonNode payload, String name) {
        List<UserError> errors = new ArrayList<>();
        for (JsonNode error : payload.path(name)) {
            List<String> field = new ArrayList<>();
            error.path("field").forEach(part -> field.add(part.asText()));
            errors.add(new UserError(
                    List.copyOf(field),
                    error.path("message").asText(),
                    error.path("code").asText("")));
        }
        return errors;
    }

    /** The position behind {@code list} in the path, or -1; indices come as texts and, sometimes, as numbers. */
    int index(String list) {
        int at = field.indexOf(list);
        if (at < 0 || at + 1 >= field.size()) {
            return -1;
        }
        try {
            return Integer.parseInt(field.get(at + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether the idempotency key was spent on an attempt that failed: another key is needed. */
    boolean spentKey() {
        return code.equals("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
    }

    /** Whether Shopify asks for the very same call again, under the same key. */
    boolean again() {
        return AGAIN.contains(code);
    }

    /** As a failure of {@code fault}. */
    ChannelException as(Fault fault, String operation) {
        return new ChannelException(fault, operation + ": " + this);
    }

    @Override
    public String toString() {
        return code + " " + String.join(".", field) + ": " + message;
    }
}
