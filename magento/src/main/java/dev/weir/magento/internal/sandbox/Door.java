package dev.weir.magento.internal.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxRequest;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.magento.internal.sandbox.Quirks.Twist;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may come in? An integration whose signature, time (within 600 s) and nonce are right, an administrator or customer who logged in,
 * and an integration's bare token only where the shop allows it.
 */
final class Door {
    static final String KEY = "magento_sandbox_key";
    static final String SECRET = "magento_sandbox_secret";
    static final String TOKEN = "magento_sandbox_token";
    static final String TOKEN_SECRET = "magento_sandbox_token_secret";
    static final String ADMIN = "magento_sandbox_admin";
    static final String CUSTOMER = "customer@example.com";
    static final String PASSWORD = "magento_sandbox_password";
    private static final String TOKENS = "tokens";
    private static final int WINDOW_SECONDS = 600;
    private static final Pattern PAIR = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final SandboxStore store;
    private final Clock clock;
    private final Quirks quirks;

    /** Those that the window of time would still let in. */
    private final Map<String, Instant> nonces = new HashMap<>();

    Door(SandboxStore store, Clock clock, Quirks quirks) {
        this.store = store;
        this.clock = clock;
        this.quirks = quirks;
    }

    /** Lets in or refuses; {@code /carts/mine} is for a customer, everything else for those who run the shop. */
    void enter(SandboxRequest request) {
        String who = request.header("authorization");
        boolean mine = request.path().contains("/carts/mine");
        if (who != null && who.startsWith("OAuth ") && !mine) {
            signed(request, who);
            return;
        }
        String token = who != null && who.startsWith("Bearer ") ? who.substring(7) : "";
        JsonNode known = store.get(TOKENS, token);
        boolean inside = mine
                ? known != null && known.path("who").asText().equals("customer")
                : (known != null && known.path("who").asText().equals("admin"))
                        || (token.equals(TOKEN) && quirks.on(Twist.BEARER_ALLOWED) && !quirks.on(Twist.TOKEN_REVOKED));
        if (!inside) {
            throw Refusal.unauthorised(mine ? "self" : "Magento_Backend::all");
        }
    }

    /** A token for somebody who knows the password. */
    String login(String who, JsonNode body) {
        String user = who.equals("admin") ? ADMIN : CUSTOMER;
        if (!body.path("username").asText().equals(user)
                || !body.path("password").asText().equals(PASSWORD)) {
            throw Refusal.wrongPassword();
        }
        String token = who + "-token-" + store.next("token");
        store.put(TOKENS, token, SandboxStore.document().put("who", who));
        return token;
    }

    void forgetLogins() {
        for (long n = store.next("token"); n > 0; n--) {
            store.put(TOKENS, "admin-token-" + n, SandboxStore.document().put("who", "nobody"));
            store.put(TOKENS, "customer-token-" + n, SandboxStore.document().put("who", "nobody"));
        }
    }

    private void signed(SandboxRequest request, String header) {
        Map<String, String> given = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(header);
        while (pair.find()) {
            given.put(pair.group(1), URLDecoder.decode(pair.group(2).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        for (String name :
                new String[] {"consumer_key", "token", "signature_method", "timestamp", "nonce", "signature"}) {
            refuse(!given.containsKey("oauth_" + name), 400, "parameter_absent");
        }
        refuse(!given.getOrDefault("oauth_version", "1.0").equals("1.0"), 400, "version_rejected");
        refuse(!"HMAC-SHA256".equals(given.get("oauth_signature_method")), 400, "signature_method_rejected");
        refuse(!KEY.equals(given.get("oauth_consumer_key")), 401, "consumer_key_rejected");
        refuse(!TOKEN.equals(given.get("oauth_token")), 401, "token_rejected");
        refuse(quirks.on(Twist.TOKEN_REVOKED), 401, "token_revoke");
        long age = clock.instant().getEpochSecond() - Long.parseLong(given.getOrDefault("oauth_timestamp", "0"));
        refuse(Math.abs(age) > WINDOW_SECONDS, 400, "timestamp_refused");
        String nonce = given.getOrDefault("oauth_nonce", "");
        refuse(nonces.containsKey(nonce), 401, "nonce_used");
        refuse(
                !Signatures.same(signature(request, given), given.getOrDefault("oauth_signature", "")),
                401,
                "signature_invalid");
        store.put(
                "nonces",
                nonce,
                SandboxStore.document().put("at", clock.instant().toString()));
    }

    /** By RFC 5849, in words of its own: not the hub's code, which it checks. */
    private static String signature(SandboxRequest request, Map<String, String> oauth) {
        String parameters = Stream.concat(request.query().entrySet().stream(), oauth.entrySet().stream())
                .filter(entry -> !entry.getKey().equals("oauth_signature"))
                .map(entry -> escape(entry.getKey()) + "=" + escape(entry.getValue()))
                .sorted()
                .collect(Collectors.joining("&"));
        String url = "http://" + request.header("host") + "/magento" + request.path();
        String base = request.method() + "&" + escape(url) + "&" + escape(parameters);
        return Base64.getEncoder()
                .encodeToString(Signatures.hmacSha256(
                        escape(SECRET) + "&" + escape(TOKEN_SECRET), base.getBytes(StandardCharsets.UTF_8)));
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return escaped.toString();
    }

    private static void refuse(boolean wrong, int status, String problem) {
        if (wrong) {
            throw Refusal.oauth(status, problem);
        }
    }
}
