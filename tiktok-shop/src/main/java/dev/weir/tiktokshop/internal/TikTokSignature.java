package dev.weir.tiktokshop.internal;

import dev.weir.connectors.http.Signatures;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How does TikTok Shop sign? Calls: lower hex of HMAC-SHA-256 under the app secret over secret + path + sorted decoded
 * query + raw body + secret (partner.tiktokshop.com, "Sign your API request"); webhooks: over app key + raw body.
 */
public final class TikTokSignature {
    private TikTokSignature() {}

    /**
     * The {@code sign} of a call.
     *
     * @param path from its slash, without host and query
     * @param query decoded values; {@code sign} and {@code access_token} are left out
     * @param body as sent, empty for none; empty also for multipart, which is not signed
     */
    public static String ofCall(String secret, String path, Map<String, String> query, byte[] body) {
        StringBuilder base = new StringBuilder(secret).append(path);
        new TreeMap<>(query).forEach((name, value) -> {
            if (!name.equals("sign") && !name.equals("access_token")) {
                base.append(name).append(value);
            }
        });
        return Signatures.hex(Signatures.hmacSha256(
                secret,
                base.toString().getBytes(StandardCharsets.UTF_8),
                body,
                secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** The {@code Authorization} header of a webhook. */
    public static String ofWebhook(String secret, String appKey, byte[] body) {
        return Signatures.hex(Signatures.hmacSha256(secret, appKey.getBytes(StandardCharsets.UTF_8), body));
    }
}
