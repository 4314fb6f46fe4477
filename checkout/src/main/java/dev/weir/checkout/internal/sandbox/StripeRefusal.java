package dev.weir.checkout.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxStore;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How does Stripe say no? {@code {"error":{"type","code","message","param"}}}, as docs.stripe.com/api/errors has it. */
public final class StripeRefusal extends RuntimeException {
    private static final String INVALID = "invalid_request_error";

    private final int status;
    private final transient ObjectNode error;

    private StripeRefusal(int status, String type, @Nullable String code, String message) {
        super(message);
        this.status = status;
        this.error = SandboxStore.document().put("type", type).put("message", message);
        if (code != null) {
            error.put("code", code);
        }
    }

    static StripeRefusal unauthorised(String message) {
        return new StripeRefusal(401, INVALID, null, message);
    }

    /** No such call. */
    public static StripeRefusal noSuchUrl(String method, String path) {
        return new StripeRefusal(404, INVALID, null, "Unrecognized request URL (" + method + ": " + path + ").");
    }

    static StripeRefusal missing(String param) {
        return new StripeRefusal(400, INVALID, "parameter_missing", "Missing required param: " + param + ".")
                .with("param", param);
    }

    static StripeRefusal invalid(String param, String message) {
        return new StripeRefusal(400, INVALID, "parameter_invalid_integer", message).with("param", param);
    }

    static StripeRefusal refused(String code, String message) {
        return new StripeRefusal(400, INVALID, code, message);
    }

    static StripeRefusal unknownIntent(String id) {
        return new StripeRefusal(404, INVALID, "resource_missing", "No such payment_intent: '" + id + "'")
                .with("param", "intent");
    }

    static StripeRefusal otherParameters(String key) {
        String message = "Keys for idempotent requests can only be used with the same parameters they were first used"
                + " with. Try using a key other than '" + key + "' if you meant to execute a different request.";
        return new StripeRefusal(400, "idempotency_error", null, message);
    }

    static StripeRefusal unexpectedState(String message, ObjectNode intent) {
        StripeRefusal refusal = refused("payment_intent_unexpected_state", message);
        refusal.error.set("payment_intent", intent);
        return refusal;
    }

    static StripeRefusal card(ObjectNode cardError, ObjectNode intent) {
        StripeRefusal refusal = new StripeRefusal(
                402,
                "card_error",
                cardError.path("code").asText(),
                cardError.path("message").asText());
        refusal.error.setAll(cardError);
        refusal.error.set("payment_intent", intent);
        return refusal;
    }

    private StripeRefusal with(String name, String value) {
        error.put(name, value);
        return this;
    }

    /** The answer. */
    public SandboxAnswer answer() {
        ObjectNode body = SandboxStore.document();
        body.set("error", error);
        return SandboxAnswer.json(status, body);
    }

    /** {@code answer} for a page of any origin, as Stripe lets its own script read it. */
    public static SandboxAnswer readableByPages(SandboxAnswer answer) {
        Map<String, String> headers = new HashMap<>(answer.headers());
        headers.put("Access-Control-Allow-Origin", "*");
        return new SandboxAnswer(answer.status(), headers, answer.body());
    }
}
