package dev.weir.checkout.internal.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Is a delivery from Stripe? {@code Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>]}, HMAC-SHA-256 over
 * {@code <t>.<raw body>} (docs.stripe.com/webhooks/signature). Done here over the raw bytes, because the SDK takes text.
 */
public final class StripeSignature {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int MOST_SIGNATURES = 16;

    private final List<String> secrets;
    private final Clock clock;

    /** A check against any of {@code secrets}. */
    public StripeSignature(List<String> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The header's value for {@code body}, as Stripe writes it. */
    public static String sign(String secret, long seconds, byte[] body) {
        return "t=" + seconds + ",v1=" + hash(secret, Long.toString(seconds), body);
    }

    /** The verdict on {@code webhook}; its body is read only once the signature holds. */
    public WebhookVerdict verify(RawWebhook webhook) {
        String header = webhook.header("stripe-signature");
        if (header == null) {
            return new WebhookVerdict.Forged("stripe-signature: absent");
        }
        String time = "";
        List<String> given = new ArrayList<>();
        for (String part : header.split(",", MOST_SIGNATURES)) {
            if (part.startsWith("t=")) {
                time = part.substring(2);
            } else if (part.startsWith("v1=")) {
                given.add(part.substring(3));
            }
        }
        if (!time.matches("\\d{1,12}") || given.isEmpty()) {
            return new WebhookVerdict.Forged("stripe-signature: malformed (expected: t=<seconds>,v1=<hex>)");
        }
        if (!matches(time, given, webhook.body())) {
            return new WebhookVerdict.Forged("stripe-signature: does not match the body");
        }
        long age = clock.instant().getEpochSecond() - Long.parseLong(time);
        if (Math.abs(age) > TOLERANCE.toSeconds()) {
            return new WebhookVerdict.Forged(
                    "stripe-signature: " + age + " s old (expected: within " + TOLERANCE.toSeconds() + ")");
        }
        return identify(webhook);
    }

    private boolean matches(String time, List<String> given, byte[] body) {
        boolean found = false;
        for (String secret : secrets) {
            String expected = hash(secret, time, body);
            for (String candidate : given) {
                found |= Signatures.same(expected, candidate);
            }
        }
        return found;
    }

    private static WebhookVerdict identify(RawWebhook webhook) {
        JsonNode event = StripeEvents.read(webhook);
        String id = event.path("id").asText();
        String about = event.path("data").path("object").path("id").asText();
        return id.isEmpty()
                ? new WebhookVerdict.Forged("body: no event (expected: an id)")
                : new WebhookVerdict.Authentic(id, event.path("type").asText(), about.isEmpty() ? id : about);
    }

    private static String hash(String secret, String time, byte[] body) {
        byte[] prefix = (time + ".").getBytes(StandardCharsets.UTF_8);
        return Signatures.hex(Signatures.hmacSha256(secret, prefix, body));
    }
}
