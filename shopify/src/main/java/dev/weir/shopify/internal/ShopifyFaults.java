package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of Shopify a failure? HTTP status first, then top-level {@code errors} by code (a throttled call answers
 * 200), then those {@code userErrors} that ask for the same call again. Codes: shopify.dev/docs/api/usage/response-codes.
 *
 * @param safe whether sending the call again does no harm
 */
record ShopifyFaults(String operation, boolean safe) implements Classifier {
    private static final int MAX_TEXT = 300;

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        if (answer.status() != 200) {
            return ofStatus(answer);
        }
        JsonNode body;
        try {
            body = ShopifyClient.JSON.readTree(answer.body());
        } catch (IOException e) {
            return new ChannelException(unknown(), operation + ": answer is not JSON", null, e);
        }
        JsonNode errors = body.path("errors");
        if (!errors.isMissingNode() && !errors.isNull() && !errors.isEmpty()) {
            return ofError(errors.path(0), body);
        }
        return inFlight(body.path("data"));
    }

    private ChannelException ofStatus(HttpAnswer answer) {
        int status = answer.status();
        Fault fault = switch (status) {
            case 401, 402, 403, 404, 423, 430 -> Fault.UNAUTHORISED;
            case 429 -> throttled();
            default -> status >= 500 ? unknown() : Fault.REJECTED;
        };
        return new ChannelException(
                fault,
                suspect(status) + operation + ": HTTP " + status,
                RetryAfter.in(answer).orElse(null),
                null);
    }

    /** The setting that such a refusal is about, in front of the platform's words; empty when they do not tell. */
    private static String suspect(int status) {
        return switch (status) {
            case 401 -> "accessToken: not one that the shop knows (expected: of an app that is installed there). ";
            case 404 -> "shop: not a shop that Shopify knows (expected: xxx.myshopify.com). ";
            default -> "";
        };
    }

    private ChannelException ofError(JsonNode error, JsonNode body) {
        String code = error.path("extensions").path("code").asText("");
        Fault fault = switch (code) {
            case "THROTTLED" -> throttled();
            case "ACCESS_DENIED" -> Fault.UNAUTHORISED;
            case "INTERNAL_SERVER_ERROR", "TIMEOUT" -> unknown();
            default -> Fault.REJECTED;
        };
        String text = error.path("message").asText();
        String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        return new ChannelException(
                fault, operation + ": " + code + " " + shown, code.equals("THROTTLED") ? wait(body) : null, null);
    }

    /** The same key is being worked on, or the shop failed at it: ask again with the same key. */
    private @Nullable ChannelException inFlight(JsonNode data) {
        for (JsonNode payload : data) {
            for (UserError error : UserError.of(payload, "userErrors")) {
                if (error.again()) {
                    return error.as(unknown(), operation);
                }
            }
        }
        return null;
    }

    private Fault unknown() {
        return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
    }

    /** Nobody promises that a throttled mutation did nothing: look it up before sending it again. */
    private Fault throttled() {
        return safe ? Fault.THROTTLED : Fault.OUTCOME_UNKNOWN;
    }

    private static Duration wait(JsonNode body) {
        JsonNode cost = body.path("extensions").path("cost");
        JsonNode status = cost.path("throttleStatus");
        double missing = cost.path("requestedQueryCost").asDouble()
                - status.path("currentlyAvailable").asDouble();
        double rate = Math.max(1, status.path("restoreRate").asDouble(100));
        return Duration.ofMillis(Math.max(1000, (long) Math.ceil(missing / rate * 1000)));
    }
}
