package dev.weir.checkout.internal.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.checkout.PaymentGateway.PaymentEvent;
import dev.weir.checkout.PaymentResult;
import dev.weir.connectors.RawWebhook;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What does an event of Stripe say of a payment? Read field by field: the SDK's own reader refuses events of an endpoint
 * that is pinned to another API version, and these fields have been the same in all of them.
 */
public final class StripeEvents {
    /** Metadata name of the checkout's id. */
    public static final String CHECKOUT = "weir_checkout";

    /** Metadata name of the hold's id. */
    public static final String HOLD = "weir_hold";

    /** Metadata name of the key of a refund. */
    public static final String REFUND = "weir_refund";

    private static final ObjectMapper JSON = new ObjectMapper();

    private StripeEvents() {}

    /** The event; empty when it is not about a PaymentIntent. */
    public static Optional<PaymentEvent> parse(RawWebhook webhook) {
        JsonNode event = read(webhook);
        JsonNode intent = event.path("data").path("object");
        if (!"payment_intent".equals(intent.path("object").asText())) {
            return Optional.empty();
        }
        JsonNode error = intent.path("last_payment_error").path("message");
        PaymentResult payment = new PaymentResult(
                StripeAnswers.status(intent.path("status").asText()),
                intent.path("id").asText(),
                intent.path("client_secret").textValue(),
                error.textValue(),
                null);
        return Optional.of(new PaymentEvent(
                event.path("id").asText(),
                event.path("type").asText(),
                uuid(intent.path("metadata").path(CHECKOUT).asText()),
                payment));
    }

    static JsonNode read(RawWebhook webhook) {
        try {
            return JSON.readTree(webhook.body());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
