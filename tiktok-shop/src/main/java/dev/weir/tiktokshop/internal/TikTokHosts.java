package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Fault;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Where do TikTok's gateway, its token service and its consent page answer? The gateway refuses plain HTTP since 2026-06-17,
 * so only this machine may be named with it.
 */
public final class TikTokHosts {
    /** One gateway for every region. */
    public static final String API = "https://open-api.tiktokglobalshop.com";

    /** The token service. */
    public static final String TOKENS = "https://auth.tiktok-shops.com";

    /** The consent page of the United States. */
    public static final String CONSENT_US = "https://services.us.tiktokshop.com";

    /** The consent page of everywhere else. */
    public static final String CONSENT = "https://services.tiktokshop.com";

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private TikTokHosts() {}

    /** {@code base}, path and query, its values encoded. {@code setting} names where {@code base} was entered. */
    static URI address(String setting, String base, String path, Map<String, String> query) {
        StringBuilder address = new StringBuilder(base).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            address.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            separator = '&';
        }
        URI uri;
        try {
            uri = URI.create(address.toString());
        } catch (IllegalArgumentException e) {
            throw notAnAddress(setting, e);
        }
        boolean here = uri.getHost() != null && THIS_MACHINE.contains(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && here)) {
            throw notAnAddress(setting, null);
        }
        return uri;
    }

    private static ChannelException notAnAddress(
            String setting, @org.jspecify.annotations.Nullable IllegalArgumentException cause) {
        return new ChannelException(
                Fault.UNAUTHORISED,
                setting + ": not an address (expected: https://host, TikTok takes no plain HTTP)",
                null,
                cause);
    }
}
