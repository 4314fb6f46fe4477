package dev.weir.simulcast.internal.rtmp;

import dev.weir.simulcast.Redaction;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a stream is to be published. As encoders do it, the key is what follows the last slash before the query, with
 * the query, exactly as written; what stands before it is the application.
 *
 * @param tls true for RTMPS
 * @param host name or literal address, an IPv6 one in brackets
 * @param port 1..65535
 * @param app application, may hold slashes; empty when there is only a key
 * @param key stream key with its query; a secret
 * @param tcUrl address of the application, as the server is told
 */
public record RtmpAddress(boolean tls, String host, int port, String app, String key, String tcUrl) {

    private static final int RTMP_PORT = 1935;
    private static final int RTMPS_PORT = 443;

    /**
     * Takes an rtmp:// or rtmps:// address apart.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static RtmpAddress parse(String url) {
        int authorityAt = url.indexOf("://") + 3;
        String scheme = url.substring(0, Math.max(0, authorityAt - 3)).toLowerCase(Locale.ROOT);
        if (!scheme.equals("rtmp") && !scheme.equals("rtmps")) {
            throw refused(url);
        }
        int pathAt = firstOf(url, authorityAt);
        URI authority = authority(url, authorityAt, pathAt);
        boolean tls = scheme.equals("rtmps");
        int port = authority.getPort() < 0 ? (tls ? RTMPS_PORT : RTMP_PORT) : authority.getPort();
        String path = url.substring(pathAt).replaceFirst("^/+", "");
        int query = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
        int keyAt = path.lastIndexOf('/', query - 1) + 1;
        boolean onlyApp = keyAt == 0 && query > 0;
        String app = onlyApp ? path : path.substring(0, keyAt).replaceFirst("/+$", "");
        String key = onlyApp ? "" : path.substring(keyAt);
        String tcUrl = scheme + "://" + authority.getRawAuthority().replaceFirst("^.*@", "") + "/" + app;
        return new RtmpAddress(tls, authority.getHost(), port, app, key, tcUrl);
    }

    private static int firstOf(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if (url.charAt(i) == '/' || url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }

    private static URI authority(String url, int from, int to) {
        try {
            var authority = new URI("tcp://" + url.substring(from, to));
            if (authority.getHost() != null && authority.getPort() <= 65_535 && authority.getPort() != 0) {
                return authority;
            }
        } catch (URISyntaxException e) {
            throw refused(url);
        }
        throw refused(url);
    }

    private static IllegalArgumentException refused(String url) {
        return new IllegalArgumentException("url: %s (expected: rtmp:// or rtmps://, a host, an application and a key)"
                .formatted(Redaction.url(url)));
    }

    @Override
    public String toString() {
        return "RtmpAddress[%s, key=%s]".formatted(tcUrl, Redaction.keyHash(key));
    }
}
