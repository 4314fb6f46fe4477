package dev.weir.shopify.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How does a shop let us in? By code grant at the shop's own page, for an app of many shops; its offline token lasts an hour and
 * is renewed by a refresh token that changes each time. An app of the merchant's own organisation asks with its client id and
 * secret alone, and again each day. A token made by hand in the shop's admin never lapses and is left alone.
 *
 * <p>Until the new refresh token was used once the one before it stays good, so a crash before it was stored costs nothing; the
 * previous one is kept as {@code previousRefreshToken} and tried when the current one is refused.
 */
public final class ShopifyConsent implements Consent {
    private static final Pattern SHOP = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9-]*\\.myshopify\\.com");
    private static final Duration CALLBACK_AGE = Duration.ofSeconds(90);
    private static final Duration REFRESH_LIFE = Duration.ofDays(90);
    private static final String ENDS = "accessTokenEndsAt";
    private static final String REFRESH = "refreshToken";
    private static final String REFRESH_ENDS = "refreshTokenEndsAt";
    private static final String PREVIOUS = "previousRefreshToken";

    /** What the capabilities need; {@code write_x} includes {@code read_x}. */
    private static final String SCOPES = "write_products,write_inventory,read_locations,write_orders,read_returns,"
            + "write_merchant_managed_fulfillment_orders";

    private final TokenCalls tokens;
    private final Clock clock;

    /** Consent over {@code http}. */
    public ShopifyConsent(ChannelHttp http, Clock clock) {
        tokens = new TokenCalls(http);
        this.clock = clock;
    }

    @Override
    public URI page(Map<String, String> settings, URI redirect, String state) {
        Connection shop = connection(settings);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", shop.setting("clientId"));
        query.put("scope", scopes(shop));
        query.put("redirect_uri", redirect.toString());
        query.put("state", state);
        return URI.create(ShopifyClient.base(shop) + "/admin/oauth/authorize?" + OAuthQuery.encoded(query));
    }

    @Override
    public Grant grant(Map<String, String> settings, URI redirect, Map<String, String> query) {
        Connection shop = connection(settings);
        if (query.containsKey("error")) {
            throw refused("the shop's owner did not agree: " + query.get("error"));
        }
        if (!OAuthQuery.isSigned(query, shop.setting("webhookSecret"))) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "webhookSecret: Shopify's answer is signed with another, its hmac does not fit (expected: the client secret of the app"
                            + " whose client id was entered)");
        }
        if (!shop.setting("shop").equalsIgnoreCase(query.getOrDefault("shop", ""))) {
            throw refused("shop: " + query.get("shop") + " (expected: " + shop.setting("shop") + ")");
        }
        Instant at = timestamp(query.getOrDefault("timestamp", ""));
        if (Duration.between(at, clock.instant()).abs().compareTo(CALLBACK_AGE) > 0) {
            throw refused("timestamp: " + at + " (expected: at most " + CALLBACK_AGE.toSeconds() + " s from now)");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("code", query.getOrDefault("code", ""));
        form.put("expiring", shop.setting("expiringTokens", "yes").equals("no") ? "0" : "1");
        return granted(shop, tokens.ask(shop, form, false));
    }

    @Override
    public Optional<Grant> refresh(Connection connection) {
        String refresh = connection.setting(REFRESH, "");
        if (!refresh.isBlank()) {
            return Optional.of(rotate(connection, refresh));
        }
        if (!asksByItself(connection)) {
            return Optional.empty();
        }
        return Optional.of(
                granted(connection, tokens.ask(connection, Map.of("grant_type", "client_credentials"), true)));
    }

    @Override
    public Lapse lapse(Connection connection) {
        Instant access = connection.instant(ENDS);
        if (access == null && asksByItself(connection)) {
            access = Instant.EPOCH;
        }
        return new Lapse(access, connection.instant(REFRESH_ENDS));
    }

    private Grant rotate(Connection connection, String refresh) {
        try {
            return rotated(connection, refresh);
        } catch (ChannelException e) {
            String previous = connection.setting(PREVIOUS, "");
            if (e.fault() != Fault.UNAUTHORISED || previous.isBlank() || previous.equals(refresh)) {
                throw e;
            }
            return rotated(connection, previous);
        }
    }

    private Grant rotated(Connection connection, String refresh) {
        JsonNode answer = tokens.ask(connection, Map.of("grant_type", "refresh_token", "refresh_token", refresh), true);
        Map<String, String> settings =
                new LinkedHashMap<>(granted(connection, answer).settings());
        settings.put(PREVIOUS, refresh);
        return new Grant(settings);
    }

    private Grant granted(Connection shop, JsonNode answer) {
        String token = answer.path("access_token").asText("");
        if (token.isBlank()) {
            throw refused("the shop's answer has no access_token");
        }
        String missing = OAuthQuery.missing(scopes(shop), answer.path("scope").asText(""));
        if (!missing.isEmpty()) {
            throw refused("scope: " + missing + " was not granted (expected: " + scopes(shop) + ")");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("accessToken", token);
        if (answer.path("expires_in").isNumber()) {
            settings.put(ENDS, in(answer.path("expires_in").asLong()));
        }
        if (answer.hasNonNull("refresh_token")) {
            settings.put(REFRESH, answer.path("refresh_token").asText());
            long life = answer.path("refresh_token_expires_in").asLong(REFRESH_LIFE.toSeconds());
            settings.put(REFRESH_ENDS, in(life));
        }
        return new Grant(settings);
    }

    private String in(long seconds) {
        return clock.instant().plusSeconds(seconds).toString();
    }

    /** An app of the merchant's own: it has a client id, and no token that was made by hand or by a code grant. */
    private static boolean asksByItself(Connection connection) {
        boolean noToken = connection.setting("accessToken", "").isBlank();
        boolean byItself = !connection.setting(ENDS, "").isBlank()
                && connection.setting(REFRESH, "").isBlank();
        return !connection.setting("clientId", "").isBlank() && (noToken || byItself);
    }

    private static String scopes(Connection shop) {
        String scopes = shop.setting("scopes", "");
        return scopes.isBlank() ? SCOPES : scopes;
    }

    /** There is no connection before the grant: calls of one shop share a budget and a breaker all the same. */
    private static Connection connection(Map<String, String> settings) {
        String shop = settings.getOrDefault("shop", "");
        if (!SHOP.matcher(shop).matches()) {
            throw refused("shop: " + shop + " (expected: xxx.myshopify.com)");
        }
        UUID id = UUID.nameUUIDFromBytes(("shopify " + shop).getBytes(StandardCharsets.UTF_8));
        return new Connection(id, "", "shopify", shop, settings);
    }

    private static Instant timestamp(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException e) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "timestamp: " + seconds + " (expected: seconds since 1970)", null, e);
        }
    }

    private static ChannelException refused(String why) {
        return new ChannelException(Fault.UNAUTHORISED, "consent: " + why);
    }
}
