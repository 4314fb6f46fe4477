package dev.weir.magento.internal;

import dev.weir.connectors.Connection;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * In whose name is the shop asked? An integration that signs each attempt, an integration whose token is sent as Bearer (off by default
 * since 2.4.4), or somebody who logged in.
 */
final class Authority {
    private final Connection connection;
    private final Clock clock;

    Authority(Connection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** Whether every call is signed. */
    boolean signs() {
        return !connection.setting("consumerKey", "").isBlank();
    }

    /** Whether the token comes from logging in as an administrator. */
    boolean logsIn() {
        return !signs() && !connection.setting("adminUser", "").isBlank();
    }

    /** Makes the header of one attempt; a nonce and a time are used once. */
    Supplier<Map<String, String>> signature(String method, String path, List<Map.Entry<String, String>> query) {
        OAuth1 oauth = new OAuth1(
                connection.setting("consumerKey"),
                connection.setting("consumerSecret"),
                connection.setting("accessToken"),
                connection.setting("accessTokenSecret"));
        String signed = connection.setting("signatureBaseUrl", "");
        String url = plain(signed.isBlank() ? connection.setting("baseUrl") : signed) + path;
        return () -> Map.of(
                "Authorization",
                oauth.header(
                        method,
                        url,
                        query,
                        clock.instant().getEpochSecond(),
                        UUID.randomUUID().toString()));
    }

    /** As both sides must write the shop's address to sign it (RFC 5849, 3.4.1.2): in lower case, without the usual port. */
    static String plain(String address) {
        URI uri = URI.create(trimmed(address));
        if (uri.getScheme() == null || uri.getHost() == null) {
            return trimmed(address);
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + uri.getRawPath();
    }

    /** {@code address} without the slash that ends it. */
    static String trimmed(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
