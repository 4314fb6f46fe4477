package dev.weir.bigcommerce.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Is a delivery BigCommerce's? By default by its signature, as Standard Webhooks write it: HMAC-SHA-256 under the client secret over
 * id, time and raw body. By the setting {@code webhookCheck} instead by a header that the subscription was made with, for stores whose
 * deliveries come unsigned: that proves the sender and not the body, which only names what is read from the store anyway.
 *
 * <p>Whether a retry is signed anew is not documented, and retries go on for 48 h; a delivery older than 50 h, or of more than 5 min
 * ahead, is refused. A replay within them is told by its id, and would only have the order read again.
 */
final class Proof {
    /** The header that subscriptions are made with. */
    static final String KEY_HEADER = "X-Weir-Key";

    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final int OLDEST_HOURS = 50;
    private static final int MOST_HOURS = 1_000;

    private final Connection connection;
    private final boolean bySignature;
    private final Duration oldest;

    Proof(Connection connection) {
        this.connection = connection;
        String check = BigCommerceSettings.text(connection, "webhookCheck", "signature");
        if (!check.equals("signature") && !check.equals("header")) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "webhookCheck: " + check + " (expected: signature or header)");
        }
        bySignature = check.equals("signature");
        oldest = Duration.ofHours(
                BigCommerceSettings.number(connection, "webhookAgeHours", OLDEST_HOURS, 1, MOST_HOURS));
    }

    /** What the header holds: made from the client secret, which it does not give away. */
    static String key(Connection connection) {
        String purpose = "weir webhooks of stores/" + BigCommerceClient.storeHash(connection);
        return Signatures.hex(
                Signatures.hmacSha256(connection.setting("webhookSecret"), purpose.getBytes(StandardCharsets.UTF_8)));
    }

    /** Why the delivery is not proven, without secrets; null when it is. */
    @Nullable
    String missing(RawWebhook webhook) {
        if (!bySignature) {
            String given = webhook.header(KEY_HEADER);
            return given != null && Signatures.same(key(connection), given)
                    ? null
                    : KEY_HEADER + " is missing or another";
        }
        String id = webhook.header("webhook-id");
        String time = webhook.header("webhook-timestamp");
        String signatures = webhook.header("webhook-signature");
        if (id == null || time == null || signatures == null || !time.matches("[0-9]{1,11}")) {
            return "webhook-id, webhook-timestamp or webhook-signature is missing";
        }
        if (!isSigned(id + "." + time + ".", webhook.body(), signatures)) {
            return "the signature does not match the body";
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(time));
        boolean fresh = !signed.isAfter(webhook.receivedAt().plus(AHEAD))
                && !signed.isBefore(webhook.receivedAt().minus(oldest));
        return fresh ? null : "signed at " + signed + " (expected: at most " + oldest.toHours() + " h ago)";
    }

    /** What tells the delivery from others, where its sender says so; only what is proven counts. */
    @Nullable
    String id(RawWebhook webhook) {
        return bySignature ? webhook.header("webhook-id") : null;
    }

    /** While a secret is changed there may be several, blanks between them. */
    private boolean isSigned(String prefix, byte[] body, String signatures) {
        byte[] mac = Signatures.hmacSha256(
                connection.setting("webhookSecret"), prefix.getBytes(StandardCharsets.UTF_8), body);
        String expected = "v1," + Base64.getEncoder().encodeToString(mac);
        boolean found = false;
        for (String given : signatures.split(" ", 10)) {
            found |= Signatures.same(expected, given);
        }
        return found;
    }
}
