package dev.weir.shopify.internal.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxConsentPage;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.shopify.internal.OAuthQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in at the shop, and for how long? The consent page, and the one token endpoint of all grants. Offline tokens live an
 * hour; each refresh gives a new refresh token, and the one before it stays good until the new one was used once.
 */
final class OAuthDesk {
    static final String CLIENT = "weir-sandbox-client";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofSeconds(86_399);
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);
    private static final String TOKENS = "tokens";
    private static final String CODES = "codes";
    private static final String REFRESH = "refresh";

    private final SandboxStore store;
    private final Clock clock;
    private final String secret;

    OAuthDesk(SandboxStore store, Clock clock, String secret) {
        this.store = store;
        this.clock = clock;
        this.secret = secret;
    }

    /** What {@code token} may do, commas between; null when no grant gave it, or it has lapsed. */
    @Nullable
    String scopes(@Nullable String token) {
        ObjectNode known = token == null ? null : store.get(TOKENS, token);
        return known != null && isBefore(known, "endsAt") ? known.path("scope").asText() : null;
    }

    SandboxAnswer page(SandboxRequest request) {
        Map<String, String> query = request.query();
        if (!CLIENT.equals(query.get("client_id"))
                || query.getOrDefault("redirect_uri", "").isBlank()) {
            return SandboxAnswer.html(400, "<!doctype html><title>Oauth error invalid_request</title>");
        }
        List<String> wanted = List.of(query.getOrDefault("scope", "").split(","));
        return new SandboxConsentPage(
                        "Shopify", "Weir", ShopifySandbox.SHOP, wanted, "/shopify/admin/oauth/decide", query)
                .answer();
    }

    SandboxAnswer decide(SandboxRequest request) {
        Map<String, String> form = request.form();
        Map<String, String> query = new LinkedHashMap<>();
        if (SandboxConsentPage.APPROVE.equals(form.get(SandboxConsentPage.DECISION))) {
            String code = token("code");
            ObjectNode known = ending(CODE_LIFE).put("scope", form.getOrDefault("scope", ""));
            store.put(CODES, code, known);
            query.put("code", code);
        } else {
            query.put("error", "access_denied");
        }
        query.put("shop", ShopifySandbox.SHOP);
        query.put("state", form.getOrDefault("state", ""));
        query.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
        query.put("hmac", OAuthQuery.sign(query, secret));
        StringBuilder location = new StringBuilder(form.getOrDefault("redirect_uri", ""));
        query.forEach((name, value) -> location.append(location.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return SandboxAnswer.redirect(URI.create(location.toString()));
    }

    SandboxAnswer token(SandboxRequest request) {
        Map<String, String> form = request.form();
        if (!CLIENT.equals(form.get("client_id"))) {
            return error(404, "application_cannot_be_found");
        }
        if (!secret.equals(form.get("client_secret"))) {
            return error(400, "invalid_client");
        }
        return store.locked(() -> switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" ->
                SandboxAnswer.json(
                        200,
                        access(
                                "write_products,write_inventory,read_locations,"
                                        + "write_orders,read_returns,write_merchant_managed_fulfillment_orders",
                                DAY));
            case "refresh_token" -> refresh(form.getOrDefault("refresh_token", ""));
            case "" -> code(form);
            default -> error(400, "unsupported_grant_type");
        });
    }

    private SandboxAnswer code(Map<String, String> form) {
        String code = form.getOrDefault("code", "");
        ObjectNode known = store.get(CODES, code);
        if (known == null || known.has("used") || !isBefore(known, "endsAt")) {
            return error(400, "invalid_request");
        }
        store.put(CODES, code, known.put("used", true));
        String scope = known.path("scope").asText();
        return form.getOrDefault("expiring", "0").equals("1")
                ? pair(scope, "")
                : SandboxAnswer.json(200, access(scope, null));
    }

    private SandboxAnswer refresh(String given) {
        ObjectNode known = store.get(REFRESH, given);
        if (known == null || known.has("revoked") || !isBefore(known, "endsAt")) {
            return error(400, "invalid_grant");
        }
        revoke(known.path("parent").asText());
        revoke(known.path("child").asText());
        return pair(known.path("scope").asText(), given);
    }

    private SandboxAnswer pair(String scope, String parent) {
        String refresh = token("shprt");
        store.put(REFRESH, refresh, ending(NINETY_DAYS).put("scope", scope).put("parent", parent));
        ObjectNode before = store.get(REFRESH, parent);
        if (before != null) {
            store.put(REFRESH, parent, before.put("child", refresh));
        }
        return SandboxAnswer.json(
                200,
                access(scope, HOUR)
                        .put("refresh_token", refresh)
                        .put("refresh_token_expires_in", NINETY_DAYS.toSeconds()));
    }

    private void revoke(String refresh) {
        ObjectNode known = store.get(REFRESH, refresh);
        if (known != null) {
            store.put(REFRESH, refresh, known.put("revoked", true));
        }
    }

    private ObjectNode access(String scope, @Nullable Duration life) {
        String token = token("shpat");
        Duration lasting = life == null ? Duration.ofDays(36_500) : life;
        store.put(TOKENS, token, ending(lasting).put("scope", scope));
        ObjectNode answer = SandboxStore.document().put("access_token", token).put("scope", scope);
        return life == null ? answer : answer.put("expires_in", life.toSeconds());
    }

    private ObjectNode ending(Duration life) {
        return SandboxStore.document().put("endsAt", clock.instant().plus(life).toString());
    }

    private boolean isBefore(ObjectNode known, String name) {
        return clock.instant().isBefore(Instant.parse(known.path(name).asText()));
    }

    private static String token(String prefix) {
        return prefix + "_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static SandboxAnswer error(int status, String error) {
        return SandboxAnswer.json(status, SandboxStore.document().put(status == 404 ? "errors" : "error", error));
    }
}
