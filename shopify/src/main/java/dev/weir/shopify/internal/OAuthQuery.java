package dev.weir.shopify.internal;

import dev.weir.connectors.http.Signatures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Is a query that a browser brought back from Shopify? Its {@code hmac} is HMAC-SHA-256 under the client secret, in lower-case
 * hexadecimal, over the other parameters sorted by name (shopify.dev/docs/apps/build/authentication-authorization). Webhooks are
 * signed otherwise: in Base64, over the body.
 */
public final class OAuthQuery {
    private OAuthQuery() {}

    /** Whether {@code query}, decoded, carries the signature that {@code secret} gives it. */
    public static boolean isSigned(Map<String, String> query, String secret) {
        String given = query.getOrDefault("hmac", "");
        return !given.isEmpty() && Signatures.same(sign(query, secret), given);
    }

    /** The signature of {@code query}, whatever {@code hmac} and {@code signature} it has. */
    public static String sign(Map<String, String> query, String secret) {
        TreeMap<String, String> sorted = new TreeMap<>(query);
        sorted.remove("hmac");
        sorted.remove("signature");
        return Signatures.hex(Signatures.hmacSha256(secret, encoded(sorted).getBytes(StandardCharsets.UTF_8)));
    }

    /** As a query string; blanks are {@code %20}, and what a browser leaves as it is stays. */
    static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")")
                .replace("%7E", "~");
    }

    /** Which of {@code wanted} scopes {@code granted} does not include; empty for none. To write includes to read. */
    static String missing(String wanted, String granted) {
        List<String> has = Arrays.asList(granted.split("[, ]+", -1));
        return Arrays.stream(wanted.split("[, ]+", -1))
                .filter(scope -> !has.contains(scope) && !has.contains(scope.replaceFirst("^read_", "write_")))
                .collect(Collectors.joining(","));
    }
}
