package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of TikTok Shop a failure? Success is {@code code} 0 in the body, whatever the HTTP status; 36009004 is one
 * number for a dozen faults, told apart by words.
 *
 * @param safe whether sending the call again does no harm
 */
record TikTokFaults(String operation, boolean safe) implements Classifier {
    private static final int MAX_TEXT = 300;
    private static final Set<Integer> UNKNOWN_PRODUCT = Set.of(12019150, 12052032, 12052260);

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        JsonNode body;
        try {
            body = TikTokClient.JSON.readTree(answer.body());
        } catch (IOException e) {
            return noEnvelope(answer, e);
        }
        if (!body.path("code").isIntegralNumber()) {
            return noEnvelope(answer, null);
        }
        int code = body.path("code").asInt();
        if (code == 0) {
            return null;
        }
        String message = body.path("message").asText();
        String shown = message.length() > MAX_TEXT ? message.substring(0, MAX_TEXT) : message;
        return new ChannelException(of(code, message), operation + ": " + code + " " + shown, retryAfter(answer), null);
    }

    private Fault of(int code, String message) {
        return switch (code) {
            case 36009002, 36009037, 12052109 -> Fault.THROTTLED;
            case 36009003, 36009007, 12001000, 33001002 -> safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
            case 105001, 105002, 105005, 101000, 106001, 106013, 36009033, 36009043, 36009044 -> Fault.UNAUTHORISED;
            case 36009004 -> ofBadParameter(message);
            default -> UNKNOWN_PRODUCT.contains(code) ? Fault.NOT_FOUND : Fault.REJECTED;
        };
    }

    private static Fault ofBadParameter(String message) {
        String plain = message.replaceAll("['`\"]", "").toLowerCase(Locale.ROOT);
        boolean credentials = plain.contains("app_key")
                || plain.contains("access_token")
                || plain.contains("access-token")
                || plain.contains("shop_cipher");
        return credentials ? Fault.UNAUTHORISED : Fault.REJECTED;
    }

    private ChannelException noEnvelope(HttpAnswer answer, @Nullable IOException cause) {
        Fault fault = switch (answer.status()) {
            case 429 -> Fault.THROTTLED;
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404 -> Fault.REJECTED;
            default -> safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
        };
        return new ChannelException(
                fault, operation + ": HTTP " + answer.status() + " without an envelope", retryAfter(answer), cause);
    }

    private static @Nullable Duration retryAfter(HttpAnswer answer) {
        String seconds = answer.header("retry-after");
        try {
            return seconds == null ? null : Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
