package dev.weir.tiktokshop.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import dev.weir.connectors.http.HttpCall;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How are tokens had from {@code auth.tiktok-shops.com}? By GET, unsigned and without a token, the app secret in the query; codes
 * and refresh tokens are taken as good for one use, so a lost answer is not asked for again by itself.
 */
final class TokenService {
    static final String ACCESS_ENDS = "accessTokenEnds";
    static final String REFRESH_ENDS = "refreshTokenEnds";

    /** The fields are named as if they were lengths, but hold absolute seconds; a length could not be this large. */
    private static final long LEAST_ABSOLUTE = 1_500_000_000L;

    private final ChannelHttp http;
    private final GatewayTime time;

    TokenService(ChannelHttp http, GatewayTime time) {
        this.http = http;
        this.time = time;
    }

    /** Settings with the pair for {@code code}. The grant's name is the platform's, not the standard's. */
    Map<String, String> redeem(Connection app, String code) {
        return ask(app, "TokenGet", "/api/v2/token/get", "auth_code", code, "authorized_code");
    }

    /** Settings with the next pair. */
    Map<String, String> refresh(Connection connection) {
        String token = connection.setting("refreshToken");
        return ask(connection, "TokenRefresh", "/api/v2/token/refresh", "refresh_token", token, "refresh_token");
    }

    private Map<String, String> ask(
            Connection app, String operation, String path, String name, String value, String grant) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("app_key", app.setting("appKey"));
        query.put("app_secret", app.setting("appSecret"));
        query.put(name, value);
        query.put("grant_type", grant);
        HttpCall call = new HttpCall(
                operation,
                "GET",
                TikTokHosts.address("authUrl", app.setting("authUrl", TikTokHosts.TOKENS), path, query),
                Map.of(),
                new byte[0],
                false);
        JsonNode data = TikTokClient.data(
                http.exchange(app, call, new TikTokFaults(operation, false, time.clock())), operation);
        return settings(data, operation);
    }

    private static Map<String, String> settings(JsonNode data, String operation) {
        if (data.path("user_type").asInt(0) != 0) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "user_type: " + data.path("user_type") + " (expected: 0, a seller's consent and no creator's)");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("accessToken", required(data, "access_token", operation));
        settings.put("refreshToken", required(data, "refresh_token", operation));
        settings.put(ACCESS_ENDS, end(data, "access_token_expire_in", operation));
        settings.put(REFRESH_ENDS, end(data, "refresh_token_expire_in", operation));
        return settings;
    }

    private static String required(JsonNode data, String name, String operation) {
        String text = data.path(name).asText("");
        if (text.isBlank()) {
            throw new ChannelException(Fault.REJECTED, operation + ": " + name + " is missing");
        }
        return text;
    }

    private static String end(JsonNode data, String name, String operation) {
        long seconds = Long.parseLong("0" + required(data, name, operation).replaceAll("[^0-9]", ""));
        if (seconds < LEAST_ABSOLUTE) {
            throw new ChannelException(
                    Fault.REJECTED, operation + ": " + name + " is " + seconds + " (expected: absolute seconds)");
        }
        return Instant.ofEpochSecond(seconds).toString();
    }
}
