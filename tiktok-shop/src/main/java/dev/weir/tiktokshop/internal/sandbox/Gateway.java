package dev.weir.tiktokshop.internal.sandbox;

import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.tiktokshop.internal.TikTokSignature;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What does the gateway check before any business, and in which order? app_key, clock, signature, token, cipher, rate. */
final class Gateway {
    static final String APP_KEY = "sandboxappkey";
    static final String APP_SECRET = "sandbox-app-secret";
    static final String CIPHER = "ROW_sandbox-Cipher_01";

    /** Of each API; what the platform once published for every app. */
    static final int CALLS_PER_SECOND = 50;

    private static final int PAST_SECONDS = 300;
    private static final int FUTURE_SECONDS = 30;
    private static final int AHEAD_SECONDS = 600;

    private final Clock clock;
    private final Quirks quirks;
    private final Tokens tokens;
    private final Map<String, Spent> spent = new ConcurrentHashMap<>();
    private final AtomicInteger tooMany = new AtomicInteger();

    Gateway(Clock clock, Quirks quirks, Tokens tokens) {
        this.clock = clock;
        this.quirks = quirks;
        this.tokens = tokens;
    }

    /** Calls of one API in one second. */
    private record Spent(long second, int calls) {}

    /** How many calls were over the quota. */
    int tooMany() {
        return tooMany.get();
    }

    /** What the gateway's own clock says. */
    Instant now() {
        Instant now = clock.instant();
        return quirks.on(Quirks.Name.CLOCK_AHEAD) ? now.plusSeconds(AHEAD_SECONDS) : now;
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
        byte[] signed = isMultipart(request) ? new byte[0] : request.body();
        String expected = TikTokSignature.ofCall(APP_SECRET, request.path(), request.query(), signed);
        if (!Signatures.same(expected, sign)) {
            throw new Refusal(401, 106001, "Invalid signature");
        }
        tokens.admit(request.header("x-tts-access-token"));
        cipher(request.query().get("shop_cipher"), ofShop);
        rate(request);
    }

    static boolean isMultipart(SandboxRequest request) {
        String type = request.header("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private void clock(@Nullable String timestamp) {
        long now = now().getEpochSecond();
        boolean digits = timestamp != null && timestamp.matches("[0-9]{10}");
        long at = digits ? Long.parseLong(Objects.requireNonNull(timestamp)) : 0;
        if (at < now - PAST_SECONDS || at > now + FUTURE_SECONDS) {
            throw new Refusal(400, 36009004, "Invalid 'timestamp' in the request");
        }
    }

    private static void cipher(@Nullable String cipher, boolean ofShop) {
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

    private void rate(SandboxRequest request) {
        if (quirks.on(Quirks.Name.HOURLY_CAP)) {
            throw new Refusal(429, 36009037, "hourly limit of test shops");
        }
        if (quirks.on(Quirks.Name.THROTTLED)) {
            throw new Refusal(429, 36009002, "slow down");
        }
        if (quirks.on(Quirks.Name.QUOTA)) {
            String api = request.method() + " " + request.path().replaceAll("/[0-9]{7,}", "/{id}");
            long second = clock.instant().getEpochSecond();
            Spent now = spent.merge(
                    api,
                    new Spent(second, 1),
                    (old, one) -> old.second() == second ? new Spent(second, old.calls() + 1) : one);
            if (now.calls() > CALLS_PER_SECOND) {
                tooMany.incrementAndGet();
                throw new Refusal(429, 36009002, "slow down");
            }
        }
    }
}
