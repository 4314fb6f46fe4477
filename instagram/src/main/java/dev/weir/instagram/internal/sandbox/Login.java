package dev.weir.instagram.internal.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.sandbox.SandboxAnswer;
import dev.weir.connectors.sandbox.SandboxConsentPage;
import dev.weir.connectors.sandbox.SandboxStore;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How does a person let an app in? By a page with two buttons; then a code that works once, for 10 minutes and for the same
 * redirect; a token of an hour and a half for it; and one of 60 days for that.
 */
final class Login {
    private static final String CODES = "codes";
    private static final Duration BRIEF = Duration.ofMinutes(90);
    private static final Duration LONG = Duration.ofDays(60);
    private static final long CODE_MILLIS = Duration.ofMinutes(10).toMillis();

    private final SandboxStore store;
    private final Tokens tokens;
    private final Habits habits;
    private final Clock clock;

    Login(SandboxStore store, Tokens tokens, Habits habits, Clock clock) {
        this.store = store;
        this.tokens = tokens;
        this.habits = habits;
        this.clock = clock;
    }

    SandboxAnswer page(String path, Map<String, String> query) {
        boolean known = query.getOrDefault("client_id", "").equals(Meta.APP)
                && query.getOrDefault("response_type", "code").equals("code")
                && query.getOrDefault("redirect_uri", "").matches("https?://.+");
        if (!known) {
            throw GraphError.of(101, "Invalid App ID, redirect or response_type");
        }
        Map<String, String> carried = new TreeMap<>();
        for (String name : List.of("redirect_uri", "state", "scope")) {
            carried.put(name, query.getOrDefault(name, ""));
        }
        List<String> wanted = List.of(carried.getOrDefault("scope", "").split(",", -1));
        return new SandboxConsentPage("Facebook", "Weir", "Weir demo", wanted, "/instagram" + path + "/decide", carried)
                .answer();
    }

    SandboxAnswer decide(Map<String, String> form) {
        String redirect = form.getOrDefault("redirect_uri", "");
        String state = "state=" + encode(form.getOrDefault("state", ""));
        String joint = redirect.contains("?") ? "&" : "?";
        if (!SandboxConsentPage.APPROVE.equals(form.get(SandboxConsentPage.DECISION))) {
            return SandboxAnswer.redirect(URI.create(redirect + joint
                    + "error=access_denied&error_reason=user_denied&error_description=Permissions+error&" + state));
        }
        String code = "AQC" + Long.toString(store.next("code"), 36) + "sandbox";
        store.put(
                CODES,
                code,
                SandboxStore.document()
                        .put("redirect", redirect)
                        .put("scopes", form.getOrDefault("scope", ""))
                        .put("ends", clock.millis() + CODE_MILLIS));
        return SandboxAnswer.redirect(URI.create(redirect + joint + "code=" + code + "&" + state));
    }

    ObjectNode exchange(Map<String, String> form) {
        if (!Meta.APP.equals(form.get("client_id"))) {
            throw GraphError.of(101, "Error validating application. Invalid application ID.");
        }
        if (!Meta.SECRET.equals(form.get("client_secret"))) {
            throw GraphError.of(1, "Error validating client secret.");
        }
        return form.getOrDefault("grant_type", "").equals("fb_exchange_token")
                ? lengthen(form.getOrDefault("fb_exchange_token", ""))
                : redeem(form);
    }

    private ObjectNode redeem(Map<String, String> form) {
        String id = form.getOrDefault("code", "");
        ObjectNode code = store.get(CODES, id);
        if (code == null || code.path("ends").asLong() < clock.millis()) {
            throw GraphError.of(100, 36_007, "This authorization code has expired.");
        }
        if (code.has("used")) {
            throw GraphError.of(100, 36_009, "This authorization code has been used.");
        }
        if (!code.path("redirect").asText().equals(form.get("redirect_uri"))) {
            throw GraphError.of(100, 36_008, "Error validating verification code: redirect_uri is not the same.");
        }
        store.put(CODES, id, code.put("used", true));
        List<String> granted = List.of(code.path("scopes").asText().split(",", -1)).stream()
                .filter(scope -> Tokens.ALL.contains(scope))
                .filter(scope -> !habits.has(Habit.LEAVES_OUT) || !scope.equals("catalog_management"))
                .toList();
        return answer(tokens.give(granted, BRIEF, 0), BRIEF);
    }

    private ObjectNode lengthen(String token) {
        Tokens.Token known = tokens.find(token);
        if (known == null || known.kind() != Tokens.Token.Kind.USER || tokens.ended(known)) {
            throw GraphError.of(190, 463, "Error validating access token: Session has expired");
        }
        return answer(tokens.give(known.scopes(), LONG, known.dataEnds()), LONG);
    }

    private static ObjectNode answer(String token, Duration life) {
        return SandboxStore.document()
                .put("access_token", token)
                .put("token_type", "bearer")
                .put("expires_in", life.toSeconds());
    }

    /** What {@code /debug_token} says. */
    ObjectNode inspect(String token) {
        ObjectNode answer = SandboxStore.document();
        ObjectNode data = answer.putObject("data");
        Tokens.Token known = tokens.find(token);
        if (known == null || tokens.ended(known) || habits.has(Habit.TOKENS_REVOKED)) {
            data.put("is_valid", false).putObject("error").put("code", 190).put("message", "Session has expired");
            return answer;
        }
        data.put("app_id", Meta.APP)
                .put("type", Objects.requireNonNull(known).kind().name())
                .put("is_valid", true)
                .put("expires_at", known.ends())
                .put("data_access_expires_at", known.dataEnds());
        ArrayNode scopes = data.putArray("scopes");
        known.scopes().forEach(scopes::add);
        return answer;
    }

    /** The Pages that the person may act for. */
    ObjectNode pages() {
        ObjectNode answer = SandboxStore.document();
        ArrayNode data = answer.putArray("data");
        data.addObject().put("id", "1100000000000002").put("name", "A Page without Instagram");
        data.addObject()
                .put("id", Meta.PAGE)
                .put("name", "Weir demo")
                .put("access_token", Meta.PAGE_TOKEN)
                .putObject("instagram_business_account")
                .put("id", Meta.ACCOUNT);
        return answer;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
