package dev.weir.magento.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of Magento a failure? By HTTP status, because messages are templates and localised; the two that are read
 * are English in every shop (a database's and a route's).
 *
 * @param safe whether sending the call again does no harm
 */
record MagentoFaults(String operation, boolean safe) implements Classifier {
    private static final int MAX_TEXT = 300;

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        if (answer.status() / 100 == 2) {
            return isJson(answer) ? null : new ChannelException(unknown(), operation + ": answer is not JSON");
        }
        String message = isJson(answer) ? message(answer) : oauthProblem(answer);
        return new ChannelException(
                kind(answer.status(), message), operation + ": HTTP " + answer.status() + ", " + message);
    }

    private Fault kind(int status, String message) {
        if (message.contains("nonce_used")) {
            return unknown();
        }
        if (message.contains("Deadlock found") || message.contains("deadlock found")) {
            return Fault.TRANSIENT;
        }
        return switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404 -> message.contains("does not match any route") ? Fault.REJECTED : Fault.NOT_FOUND;
            case 429 -> Fault.THROTTLED;
            default -> status >= 500 ? unknown() : Fault.REJECTED;
        };
    }

    /** PHP goes on working after its answer was given up. */
    private Fault unknown() {
        return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
    }

    private static boolean isJson(HttpAnswer answer) {
        String type = answer.header("content-type");
        return type != null && type.contains("json");
    }

    private static String message(HttpAnswer answer) {
        try {
            JsonNode body = MagentoClient.JSON.readTree(answer.body());
            String text = render(body.path("message").asText("no message"), body.path("parameters"));
            return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        } catch (IOException e) {
            return "not JSON";
        }
    }

    /** A call that was sent again carries a nonce that Magento has seen: the first may have been carried out. */
    private static String oauthProblem(HttpAnswer answer) {
        return answer.text().contains("oauth_problem=nonce_used") ? "nonce_used" : "no JSON";
    }

    /** Puts parameters in: {@code %name} of an object, {@code %1} of an array. */
    static String render(String template, JsonNode parameters) {
        String text = template;
        for (int at = parameters.isArray() ? parameters.size() : 0; at > 0; at--) {
            text = text.replace("%" + at, parameters.path(at - 1).asText());
        }
        for (Map.Entry<String, JsonNode> field : parameters.properties()) {
            text = text.replace("%" + field.getKey(), field.getValue().asText());
        }
        return text;
    }
}
