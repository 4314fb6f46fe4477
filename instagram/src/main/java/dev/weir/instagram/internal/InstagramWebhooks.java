package dev.weir.instagram.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelEvent;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderWebhook;
import dev.weir.connectors.RawWebhook;
import dev.weir.connectors.WebhookVerdict;
import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a delivery Meta's, and which comments does it carry? {@code X-Hub-Signature-256} is HMAC-SHA-256 of the raw bytes under
 * the app's secret; text outside ASCII arrives escaped, so nothing may be written anew before the check
 * (developers.facebook.com/docs/graph-api/webhooks). The older SHA-1 header is not looked at.
 */
public final class InstagramWebhooks implements OrderWebhook {
    private static final String SIGNATURE = "x-hub-signature-256";
    private static final String PREFIX = "sha256=";

    private final Connection connection;

    /** The deliveries of one connection. */
    public InstagramWebhooks(Connection connection) {
        this.connection = connection;
    }

    @Override
    public WebhookVerdict verify(RawWebhook webhook) {
        byte[] given = decoded(webhook.header(SIGNATURE));
        if (given == null || webhook.body().length == 0) {
            return new WebhookVerdict.Forged("X-Hub-Signature-256 or body is missing or malformed");
        }
        if (!signed(webhook.body(), given)) {
            return new WebhookVerdict.Forged("the signature does not match the body");
        }
        return Change.verdict(parsed(webhook), webhook.body());
    }

    @Override
    public List<ChannelEvent> read(RawWebhook webhook) {
        JsonNode body = parsed(webhook);
        if (body == null || !body.isObject()) {
            throw new ChannelException(Fault.REJECTED, "delivery: not a JSON object");
        }
        return Change.of(body).stream().map(Change::event).toList();
    }

    @Override
    public Order fetch(String externalId) {
        throw new ChannelException(
                Fault.NOT_FOUND,
                "order " + externalId
                        + ": Instagram has no orders, Meta removed them on 2026-10-27 (expected: a buyer comes"
                        + " by the checkout link, and the order is the brand's own)");
    }

    @Override
    public Optional<String> handshake(Map<String, String> query) {
        String challenge = query.getOrDefault("hub.challenge", "");
        boolean genuine = query.getOrDefault("hub.mode", "").equals("subscribe")
                && Signatures.same(verifyToken(connection), query.getOrDefault("hub.verify_token", ""));
        return genuine && !challenge.isBlank() ? Optional.of(challenge) : Optional.empty();
    }

    /** What Meta shows to prove that it was us who gave it the address: as set, or worked out of the app's secret. */
    static String verifyToken(Connection connection) {
        String set = connection.setting("verifyToken", "");
        byte[] purpose = ("verify-token/" + connection.id()).getBytes(StandardCharsets.UTF_8);
        return set.isBlank() ? Signatures.hex(Signatures.hmacSha256(connection.setting("appSecret"), purpose)) : set;
    }

    /** Apps with Instagram's own login sign with a secret of their own, shown beside the first. */
    private boolean signed(byte[] body, byte[] given) {
        boolean app = MessageDigest.isEqual(Signatures.hmacSha256(connection.setting("appSecret"), body), given);
        String other = connection.setting("instagramAppSecret", "");
        return app || (!other.isBlank() && MessageDigest.isEqual(Signatures.hmacSha256(other, body), given));
    }

    private static byte @Nullable [] decoded(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(header.substring(PREFIX.length()).strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable JsonNode parsed(RawWebhook webhook) {
        try {
            return GraphClient.JSON.readTree(webhook.text());
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
