package dev.weir.bigcommerce.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Is an answer of BigCommerce a failure? By status alone; V3 says why in {@code title} and {@code errors}, V2 in a list of
 * {@code message}s. 403 is a scope that the API account lacks, 507 a limit of the platform that no retry moves.
 *
 * @param safe whether what was sent may be sent again
 * @param secret never told
 */
record BigCommerceFaults(String operation, boolean safe, String secret) implements Classifier {
    private static final int TOLD = 300;
    private static final int INSUFFICIENT_STORAGE = 507;

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        if (answer.status() / 100 == 2) {
            return null;
        }
        return new ChannelException(
                kind(answer.status()),
                suspect(answer.status()) + operation + ": HTTP " + answer.status() + ", " + said(answer),
                answer.status() == 429 ? Quota.untilReset(answer) : null,
                null);
    }

    /** The setting that such a refusal is about, in front of the store's words; empty when they do not tell. */
    private static String suspect(int status) {
        return status == 401 ? "accessToken: not one that the store knows (expected: of an API account of it). " : "";
    }

    private Fault kind(int status) {
        return switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404, 410 -> Fault.NOT_FOUND;
            case 409, 412 -> Fault.CONFLICT;
            case 429 -> Fault.THROTTLED;
            case INSUFFICIENT_STORAGE -> Fault.REJECTED;
            default -> status == 408 || status >= 500 ? lost() : Fault.REJECTED;
        };
    }

    private Fault lost() {
        return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
    }

    private String said(HttpAnswer answer) {
        JsonNode body;
        try {
            body = BigCommerceClient.JSON.readTree(answer.body());
        } catch (IOException e) {
            return "no JSON";
        }
        StringBuilder text = new StringBuilder(
                body.path("title").asText(body.path(0).path("message").asText("no reason")));
        body.path("errors")
                .properties()
                .forEach(error -> text.append("; ")
                        .append(error.getKey())
                        .append(": ")
                        .append(error.getValue().asText()));
        String told = secret.isEmpty() ? text.toString() : text.toString().replace(secret, "…");
        return told.substring(0, Math.min(TOLD, told.length()));
    }
}
