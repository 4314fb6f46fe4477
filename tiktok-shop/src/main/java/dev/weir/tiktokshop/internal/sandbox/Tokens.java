package dev.weir.tiktokshop.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are good? Codes for 30 minutes and one use, access tokens for 7 days, refresh tokens for a year; ends are absolute
 * seconds in fields named as if they were lengths.
 */
final class Tokens {
    private static final String CODES = "codes";
    private static final String ACCESS = "access-tokens";
    private static final String REFRESH = "refresh-tokens";
    private static final Duration CODE_LASTS = Duration.ofMinutes(30);
    private static final Duration ACCESS_LASTS = Duration.ofDays(7);
    private static final Duration REFRESH_LASTS = Duration.ofDays(365);

    private final SandboxStore store;
    private final Clock clock;
    private final Quirks quirks;

    Tokens(SandboxStore store, Clock clock, Quirks quirks) {
        this.store = store;
        this.clock = clock;
        this.quirks = quirks;
    }

    /** Refuses what the gateway refuses. */
    void admit(@Nullable String token) {
        ObjectNode known = token == null ? null : store.get(ACCESS, token);
        if (known == null || quirks.on(Quirks.Name.WITHDRAWN)) {
            throw new Refusal(401, 36009004, "Invalid 'x-tts-access-token' header");
        }
        if (quirks.on(Quirks.Name.TOKENS_EXPIRED) || known.path("ends").asLong() <= now()) {
            throw new Refusal(401, 105002, "token expired (x-tts-access-token)");
        }
        if (quirks.on(Quirks.Name.NO_SCOPE)) {
            throw new Refusal(401, 105005, "access token has no scope for this api");
        }
    }

    String code() {
        String code = "ROW_" + UUID.randomUUID();
        keep(CODES, code, CODE_LASTS);
        return code;
    }

    ObjectNode get(Map<String, String> query) {
        app(query, "authorized_code");
        String code = query.getOrDefault("auth_code", "");
        if (!take(CODES, code)) {
            throw new Refusal(200, 36004004, "auth code is invalid, used or expired");
        }
        return pair();
    }

    ObjectNode refresh(Map<String, String> query) {
        app(query, "refresh_token");
        String token = query.getOrDefault("refresh_token", "");
        ObjectNode known = store.get(REFRESH, token);
        if (known == null) {
            throw new Refusal(200, 36004005, "no authorization record");
        }
        if (known.path("ends").asLong() <= now()) {
            throw new Refusal(200, 36004001, "refresh token expired");
        }
        if (quirks.on(Quirks.Name.REFRESH_ROTATES) && !take(REFRESH, token)) {
            throw new Refusal(200, 36004005, "no authorization record");
        }
        return pair();
    }

    /** A new pair, in the shape of the token service. */
    ObjectNode pair() {
        String access = "ROW_" + UUID.randomUUID();
        String refresh = "ROW_" + UUID.randomUUID();
        ObjectNode data = SandboxStore.document()
                .put("access_token", access)
                .put("access_token_expire_in", keep(ACCESS, access, ACCESS_LASTS))
                .put("refresh_token", refresh)
                .put("refresh_token_expire_in", keep(REFRESH, refresh, REFRESH_LASTS))
                .put("open_id", "7000000000000000001")
                .put("seller_name", "Weir demo")
                .put("seller_base_region", "US")
                .put("user_type", quirks.on(Quirks.Name.CREATOR) ? 1 : 0);
        data.putArray("granted_scopes").add("seller.order.info").add("seller.authorization.info");
        return data;
    }

    private static void app(Map<String, String> query, String grant) {
        if (!Gateway.APP_KEY.equals(query.get("app_key")) || !Gateway.APP_SECRET.equals(query.get("app_secret"))) {
            throw new Refusal(200, 36009004, "Invalid 'app_key' or 'app_secret'");
        }
        if (!grant.equals(query.get("grant_type"))) {
            throw new Refusal(200, 36009004, "Invalid 'grant_type' in the request");
        }
    }

    private long keep(String collection, String token, Duration lasts) {
        long ends = now() + lasts.toSeconds();
        store.put(collection, token, SandboxStore.document().put("ends", ends));
        return ends;
    }

    /** Whether it was good; it is not any more. */
    private boolean take(String collection, String token) {
        ObjectNode known = store.get(collection, token);
        boolean good = known != null
                && known.path("ends").asLong() > now()
                && !known.path("used").asBoolean();
        if (known != null) {
            store.put(collection, token, known.put("used", true));
        }
        return good;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
