package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.tiktokshop.internal.TikTokSignature;
import java.time.Clock;

/** What does the gateway check before any business, and in which order? app_key, clock, signature, token, cipher. */
final class Gateway {
    static final String APP_KEY = "sandboxappkey";
    static final String APP_SECRET = "sandbox-app-secret";
    static final String TOKEN = "ROW_sandbox_token";
    static final String CIPHER = "ROW_sandbox-Cipher_01";
    private static final int PAST_SECONDS = 300;
    private static final int FUTURE_SECONDS = 30;

    private final Clock clock;

    Gateway(Clock clock) {
        this.clock = clock;
    }

    /** Refuses what the platform refuses; {@code ofShop} calls need the shop's cipher and others must not have one. */
    void admit(SandboxRequest request, boolean ofShop) {
        if (!APP_KEY.equals(request.query().get("app_key"))) {
            throw new Refusal(400, 36009004, "Invalid 'app_key' in the request");
        }
        clock(request.query().get("timestamp"));
        String sign = request.query().get("sign");
        if (sign == null) {
            throw new Refusal(400, 36009004, "Missing signature: 'sign' is required");
        }
        String expected = TikTokSignature.ofCall(APP_SECRET, request.path(), request.query(), request.body());
        if (!Signatures.same(expected, sign)) {
            throw new Refusal(401, 106001, "Invalid signature");
        }
        if (!TOKEN.equals(request.header("x-tts-access-token"))) {
            throw new Refusal(401, 36009004, "Invalid 'x-tts-access-token' header");
        }
        cipher(request.query().get("shop_cipher"), ofShop);
    }

    private void clock(@org.jspecify.annotations.Nullable String timestamp) {
        long now = clock.instant().getEpochSecond();
        boolean digits = timestamp != null && timestamp.matches("[0-9]{10}");
        long at = digits ? Long.parseLong(java.util.Objects.requireNonNull(timestamp)) : 0;
        if (at < now - PAST_SECONDS || at > now + FUTURE_SECONDS) {
            throw new Refusal(400, 36009004, "Invalid 'timestamp' in the request");
        }
    }

    private static void cipher(@org.jspecify.annotations.Nullable String cipher, boolean ofShop) {
        if (ofShop && cipher == null) {
            throw new Refusal(400, 106013, "shop_cipher is required");
        }
        if (!ofShop && cipher != null) {
            throw new Refusal(400, 36009004, "Superfluous 'shop_cipher' in the request");
        }
        if (ofShop && !CIPHER.equals(cipher)) {
            throw new Refusal(400, 36009004, "Invalid 'shop_cipher' in the request");
        }
    }
}
