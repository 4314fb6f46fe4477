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
 *
 * @param repeatable whether the call may be sent again; where not, a failure of Meta's own leaves the outcome unknown, because
 *     it can come after the write
 */
record GraphFaults(String operation, boolean repeatable) implements Classifier {
    private static final int MAX_TEXT = 300;
    private static final int NO_SUCH_OBJECT = 33;
    private static final Duration APP_LIMIT_PAUSE = Duration.ofHours(1);

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        JsonNode error;
        try {
            error = GraphClient.JSON.readTree(answer.body()).path("error");
        } catch (IOException e) {
            return new ChannelException(
                    lost(Fault.TRANSIENT), operation + ": HTTP " + answer.status() + ", not JSON", null, e);
        }
        if (!error.isObject()) {
            return answer.status() / 100 == 2 ? null : ofStatus(answer);
        }
        Fault fault = lost(of(error, answer.status()));
        return new ChannelException(fault, words(error), wait(fault, error, answer), null);
    }

    /** The same where codes and tokens are exchanged: a refusal there, whatever its code, means that the grant is not good. */
    Classifier ofLogin() {
        return answer -> {
            ChannelException fault = fault(answer);
            if (fault == null || answer.status() / 100 != 4 || fault.fault() == Fault.THROTTLED) {
                return fault;
            }
            return new ChannelException(Fault.UNAUTHORISED, String.valueOf(fault.getMessage()));
        };
    }

    /** The same, but for {@code code}, which says that what is asked for was done before. */
    Classifier except(int code) {
        return answer -> code(answer) == code ? null : fault(answer);
    }

    private static int code(HttpAnswer answer) {
        try {
            return GraphClient.JSON
                    .readTree(answer.body())
                    .path("error")
                    .path("code")
                    .asInt();
        } catch (IOException e) {
            return 0;
        }
    }

    private String words(JsonNode error) {
        String text = error.path("message").asText();
        int subcode = error.path("error_subcode").asInt();
        return suspect(error) + operation + ": code " + error.path("code").asInt() + (subcode == 0 ? "" : "/" + subcode)
                + ", "
                + (text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
                + remedy(subcode)
                + " (trace " + error.path("fbtrace_id").asText("none") + ")";
    }

    /** The setting that a refusal is about, in front of Meta's words; empty when code and type do not tell. */
    private String suspect(JsonNode error) {
        return switch (error.path("code").asInt()) {
            case 190 -> "accessToken: not valid, or no longer (expected: a token of this app). ";
            case 100 ->
                hundred(error) == Fault.UNAUTHORISED
                        ? "appSecret: not of the app that the token is of (expected: both of one app). "
                        : "";
            case 1 -> isLogin() ? "appSecret: not of this app (expected: the secret beside the app's number). " : "";
            case 101 -> "appId: no app has it (expected: the number of your app). ";
            default -> "";
        };
    }

    /** Code 1 means a wrong secret where tokens are exchanged, and anything elsewhere. */
    private boolean isLogin() {
        return operation.endsWith("Exchange");
    }

    /** What the operator does about a token that no longer works. */
    private static String remedy(int subcode) {
        return switch (subcode) {
            case 458 -> "; the app was removed from the account: connect again";
            case 459, 464 -> "; the person has to log in at facebook.com first";
            case 460 -> "; the password was changed: connect again";
            case 463, 467 -> "; the token has ended: connect again";
            case 465, 492 -> "; the role that the token stands on was taken away";
            default -> "";
        };
    }

    private Fault of(JsonNode error, int status) {
        int code = error.path("code").asInt();
        return switch (code) {
            case 1, 2 -> Fault.TRANSIENT;
            case 4, 17, 32, 341, 613 -> Fault.THROTTLED;
            case 3, 10, 102, 190, 368 -> Fault.UNAUTHORISED;
            case 803 -> Fault.NOT_FOUND;
            case 100 -> hundred(error);
            default -> range(code, error.path("is_transient").asBoolean(), status);
        };
    }

    /** A wrong proof and an object that is not there share one code. */
    private static Fault hundred(JsonNode error) {
        if (error.path("error_subcode").asInt() == NO_SUCH_OBJECT) {
            return Fault.NOT_FOUND;
        }
        return error.path("type").asText().equals("GraphMethodException") ? Fault.UNAUTHORISED : Fault.REJECTED;
    }

    private static Fault range(int code, boolean isTransient, int status) {
        if (code >= 80_000 && code <= 80_014) {
            return Fault.THROTTLED;
        }
        if (code >= 200 && code <= 299) {
            return Fault.UNAUTHORISED;
        }
        return isTransient || status >= 500 ? Fault.TRANSIENT : Fault.REJECTED;
    }

    private ChannelException ofStatus(HttpAnswer answer) {
        int status = answer.status();
        Fault fault = switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404, 410 -> Fault.NOT_FOUND;
            case 429 -> Fault.THROTTLED;
            default -> lost(status >= 500 ? Fault.TRANSIENT : Fault.REJECTED);
        };
        return new ChannelException(
                fault,
                operation + ": HTTP " + status,
                fault == Fault.THROTTLED ? UsageHeaders.regain(answer) : null,
                null);
    }

    private Fault lost(Fault fault) {
        return fault == Fault.TRANSIENT && !repeatable ? Fault.OUTCOME_UNKNOWN : fault;
    }

    private static @Nullable Duration wait(Fault fault, JsonNode error, HttpAnswer answer) {
        if (fault != Fault.THROTTLED) {
            return null;
        }
        return error.path("code").asInt() == 341 ? APP_LIMIT_PAUSE : UsageHeaders.regain(answer);
    }
}
