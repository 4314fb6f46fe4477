package dev.weir.instagram.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import dev.weir.connectors.Fault;
import dev.weir.connectors.http.ChannelHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How does an operator let us in by Facebook Login? The code becomes a token of an hour or two, that one a token of about 60
 * days, and with it the Page's token is asked for, which does not end by itself. A system user's token, entered by hand, needs
 * none of this (developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived).
 *
 * <p>Meta does not sign what comes back with the operator: its {@code state} is the caller's to compare.
 */
public final class InstagramConsent implements Consent {
    private static final String DIALOG = "https://www.facebook.com";

    private final ChannelHttp http;
    private final Clock clock;

    /** Consent for connections that are made through {@code http}. */
    public InstagramConsent(ChannelHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public URI page(Map<String, String> settings, URI redirect, String state) {
        Connection asked = asked(settings);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", asked.setting("appId"));
        query.put("redirect_uri", redirect.toString());
        query.put("state", state);
        query.put("response_type", "code");
        query.put("scope", GrantedToken.permissions(asked));
        String version = GraphVersion.of(asked).name();
        return URI.create(
                asked.setting("loginUrl", DIALOG) + "/" + version + "/dialog/oauth?" + GraphClient.form(query));
    }

    @Override
    public Grant grant(Map<String, String> settings, URI redirect, Map<String, String> query) {
        String code = query.getOrDefault("code", "");
        if (code.isBlank()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED,
                    "consent: " + query.getOrDefault("error_reason", query.getOrDefault("error", "no code")) + ", "
                            + query.getOrDefault("error_description", "nothing was granted"));
        }
        Connection asked = asked(settings);
        Map<String, String> form = app(asked);
        form.put("redirect_uri", redirect.toString());
        form.put("code", code);
        JsonNode brief = new GraphClient(http, asked).exchange("codeExchange", form, false);
        return new Grant(lasting(asked, brief.path("access_token").asText()));
    }

    @Override
    public Optional<Grant> refresh(Connection connection) {
        if (lapse(connection).access() == null) {
            return Optional.empty();
        }
        Instant over = lapse(connection).grant();
        if (over != null && !over.isAfter(clock.instant())) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "dataAccessExpiresAt: " + over + " is past: the person has to log in again");
        }
        return Optional.of(new Grant(lasting(connection, connection.setting("accessToken"))));
    }

    @Override
    public Lapse lapse(Connection connection) {
        return new Lapse(connection.instant("tokenExpiresAt"), connection.instant("dataAccessExpiresAt"));
    }

    /** Settings for the longest-lived token that {@code token} can be exchanged for, and for the Page behind it. */
    private Map<String, String> lasting(Connection asked, String token) {
        Map<String, String> form = app(asked);
        form.put("grant_type", "fb_exchange_token");
        form.put("fb_exchange_token", token);
        JsonNode answer = new GraphClient(http, asked).exchange("tokenExchange", form, true);
        String lasting = answer.path("access_token").asText();
        GraphClient client = new GraphClient(http, asked);
        GrantedToken granted = GrantedToken.inspect(client.asApp(), asked, lasting);
        Map<String, String> settings = new HashMap<>();
        settings.put("accessToken", lasting);
        Instant ends = granted.ends() == null ? ends(answer) : granted.ends();
        settings.put("tokenExpiresAt", ends == null ? "" : ends.toString());
        settings.put(
                "dataAccessExpiresAt",
                granted.dataEnds() == null ? "" : granted.dataEnds().toString());
        settings.putAll(GrantedPage.find(client.as(lasting), asked));
        return settings;
    }

    private @Nullable Instant ends(JsonNode answer) {
        long seconds = answer.path("expires_in").asLong();
        return seconds <= 0 ? null : clock.instant().plus(Duration.ofSeconds(seconds));
    }

    private static Map<String, String> app(Connection asked) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", asked.setting("appId"));
        form.put("client_secret", asked.setting("appSecret"));
        return form;
    }

    /** What was entered so far, as a connection of its own: before the grant there is none. */
    private static Connection asked(Map<String, String> settings) {
        UUID id = UUID.nameUUIDFromBytes(
                ("instagram/" + settings.getOrDefault("appId", "")).getBytes(StandardCharsets.UTF_8));
        return new Connection(id, "", "instagram", "consent", settings);
    }
}
