package dev.weir.pim.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.Classifier;
import dev.weir.connectors.http.HttpAnswer;
import dev.weir.connectors.http.RetryAfter;
import org.jspecify.annotations.Nullable;

/**
 * What do a product system's statuses mean? HTTP's own words are all that is known of it.
 *
 * @param safe whether what was sent may be sent again
 * @param secret never told; empty for none
 */
record PimFaults(String operation, boolean safe, String secret) implements Classifier {
    private static final int TOLD = 200;

    @Override
    public @Nullable ChannelException fault(HttpAnswer answer) {
        int status = answer.status();
        if ((status >= 200 && status < 300) || status == 304) {
            return null;
        }
        Fault fault = switch (status) {
            case 401, 403 -> Fault.UNAUTHORISED;
            case 404, 410 -> Fault.NOT_FOUND;
            case 409, 412 -> Fault.CONFLICT;
            case 429 -> Fault.THROTTLED;
            default -> status == 408 || status >= 500 ? lost() : Fault.REJECTED;
        };
        String suspect =
                status == 401 ? "authValue: not one that your system takes (expected: the whole header). " : "";
        return new ChannelException(
                fault,
                suspect + operation + ": " + status + said(answer),
                RetryAfter.in(answer).orElse(null),
                null);
    }

    private Fault lost() {
        return safe ? Fault.TRANSIENT : Fault.OUTCOME_UNKNOWN;
    }

    private String said(HttpAnswer answer) {
        String text = secret.isEmpty() ? answer.text() : answer.text().replace(secret, "…");
        String line = text.replaceAll("\\s+", " ").strip();
        return line.isEmpty() ? "" : ", " + line.substring(0, Math.min(TOLD, line.length()));
    }
}
