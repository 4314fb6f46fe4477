package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of the Graph API a failure? By {@code error.code}, {@code type} and {@code error_subcode}, never by text,
 * and also where HTTP says 200 (developers.facebook.com/docs/graph-api/guides/error-handling).
 */
record GraphFaults(String operation) implements Classifier {
    private static final int MAX_TEXT = 300;
    private static final int NO_SUCH_OBJECT = 33;

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        JsonNode error;
        try {
            error = GraphClient.JSON.readTree(answer.body()).path("error");
        } catch (IOException e) {
            return new ChannelException(
                    Fault.TRANSIENT, operation + ": HTTP " + answer.status() + ", not JSON", null, e);
        }
        if (!error.isObject()) {
            return answer.status() / 100 == 2 ? null : ofStatus(answer.status());
        }
        Fault fault = of(error, answer.status());
        String text = error.path("message").asText();
        return new ChannelException(
                fault,
                operation + ": code " + error.path("code").asInt() + ", "
                        + (text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text) + " (trace "
                        + error.path("fbtrace_id").asText("none") + ")",
                fault == Fault.THROTTLED ? regain(answer) : null,
                null);
    }

    private Fault of(JsonNode error, int status) {
        int code = error.path("code").asInt();
        return switch (code) {
            case 1, 2 -> Fault.TRANSIENT;
            case 4, 17, 32, 341, 613 -> Fault.THROTTLED;
            case 3, 10, 102, 190, 368 -> Fault.UNAUTHORISED;
            case 803 -> Fault.NOT_FOUND;
            case 100 -> hundred(error);
            default -> range(code, status);
        };
    }

    /** A wrong proof and an object that is not there share one code. */
    private static Fault hundred(JsonNode error) {
        if (error.path("error_subcode").asInt() == NO_SUCH_OBJECT) {
            return Fault.NOT_FOUND;
        }
        return error.path("type").asText().equals("GraphMethodException") ? Fault.UNAUTHORISED : Fault.REJECTED;
    }

    private static Fault range(int code, int status) {
        if (code >= 80_000 && code <= 80_014) {
            return Fault.THROTTLED;
        }
        if (code >= 200 && code <= 299) {
            return Fault.UNAUTHORISED;
        }
        return status >= 500 ? Fault.TRANSIENT : Fault.REJECTED;
    }

    private ChannelException ofStatus(int status) {
        Fault fault = switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404 -> Fault.NOT_FOUND;
            case 429 -> Fault.THROTTLED;
            default -> status >= 500 ? Fault.TRANSIENT : Fault.REJECTED;
        };
        return new ChannelException(fault, operation + ": HTTP " + status);
    }

    /** The longest wait that the use-case header names, in minutes there: an object of arrays. */
    private static @Nullable Duration regain(HttpAnswer answer) {
        String header = answer.header("x-business-use-case-usage");
        if (header == null) {
            return null;
        }
        try {
            long minutes = 0;
            for (JsonNode uses : GraphClient.JSON.readTree(header)) {
                for (JsonNode use : uses) {
                    minutes = Math.max(
                            minutes, use.path("estimated_time_to_regain_access").asLong());
                }
            }
            return minutes == 0 ? null : Duration.ofMinutes(minutes);
        } catch (IOException e) {
            return null;
        }
    }
}
