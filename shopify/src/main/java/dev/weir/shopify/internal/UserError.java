package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.util.ArrayList;
import java.util.List;

/**
 * What did a mutation refuse inside a successful answer? Told apart by {@code code}: the texts differ between the
 * documentation and the wire.
 *
 * @param field path into the input; empty where Shopify names none
 * @param code empty where Shopify gives none
 */
record UserError(List<String> field, String message, String code) {
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

    /** As a failure of {@code fault}. */
    ChannelException as(Fault fault, String operation) {
        return new ChannelException(fault, operation + ": " + this);
    }

    @Override
    public String toString() {
        return code + " " + String.join(".", field) + ": " + message;
    }
}
