package dev.weir.magento.internal;

import dev.weir.connectors.http.Signatures;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How does an integration sign a call? OAuth 1.0a (RFC 5849) with HMAC-SHA256, the only method that Magento takes; the
 * body is not signed. A nonce and a time are for one attempt.
 */
record OAuth1(String consumerKey, String consumerSecret, String token, String tokenSecret) {

    /** The value of the {@code Authorization} header; {@code url} without its query. */
    String header(String method, String url, List<Map.Entry<String, String>> query, long epochSecond, String nonce) {
        Map<String, String> oauth = new TreeMap<>();
        oauth.put("oauth_consumer_key", consumerKey);
        oauth.put("oauth_token", token);
        oauth.put("oauth_signature_method", "HMAC-SHA256");
        oauth.put("oauth_timestamp", Long.toString(epochSecond));
        oauth.put("oauth_nonce", nonce);
        oauth.put("oauth_version", "1.0");
        String signature = sign(method, url, query, oauth);
        oauth.put("oauth_signature", signature);
        return oauth.entrySet().stream()
                .map(pair -> pair.getKey() + "=\"" + Search.encode(pair.getValue()) + "\"")
                .collect(Collectors.joining(",", "OAuth ", ""));
    }

    private String sign(String method, String url, List<Map.Entry<String, String>> query, Map<String, String> oauth) {
        List<Map.Entry<String, String>> all = new ArrayList<>(query);
        all.addAll(oauth.entrySet());
        String parameters = all.stream()
                .map(pair -> Map.entry(Search.encode(pair.getKey()), Search.encode(pair.getValue())))
                .sorted(Map.Entry.<String, String>comparingByKey()
                        .thenComparing(Map.Entry.comparingByValue(Comparator.naturalOrder())))
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        String base = method + "&" + Search.encode(url) + "&" + Search.encode(parameters);
        byte[] mac = Signatures.hmacSha256(
                Search.encode(consumerSecret) + "&" + Search.encode(tokenSecret),
                base.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac);
    }
}
