package dev.weir.simulcast;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where else does the stream go?
 *
 * @param id unique within the live
 * @param name for people
 * @param channel the channel it belongs to, for example {@code tiktok-shop}; null when to none
 * @param url rtmp, rtmps, srt or WHIP address with the key in it; a secret. What follows the last slash of an rtmp(s) address is
 *     the key and reaches the server as written, its query included
 *     (WHIP: {@code https://host/path}, or {@code whips://key@host/path} with a Bearer key; {@code whip://} without TLS)
 * @param limits what the target takes; null when nothing is known to exceed
 * @param fit what becomes of a stream that exceeds them
 */
public record TargetSpec(
        String id,
        String name,
        @Nullable String channel,
        String url,
        @Nullable VideoLimits limits,
        TargetFit fit) {

    private static final Set<String> SCHEMES = Set.of("rtmp", "rtmps", "srt", "whip", "whips", "https");
    private static final int MAX_URL = 2048;

    /** Checks the address. */
    public TargetSpec {
        if (url.length() > MAX_URL || url.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw new IllegalArgumentException(
                    "url: %d characters (expected: 1..%d, no blanks)".formatted(url.length(), MAX_URL));
        }
        if (!SCHEMES.contains(schemeOf(url)) || hostOf(url).isEmpty()) {
            throw new IllegalArgumentException(
                    "url: %s (expected: rtmp://, rtmps://, srt://, whip://, whips:// or https:// and a host)"
                            .formatted(Redaction.url(url)));
        }
        if (fit == TargetFit.REENCODE && limits == null) {
            throw new IllegalArgumentException("limits: none (expected: what to re-encode to)");
        }
    }

    /** A target without limits. */
    public TargetSpec(String id, String name, @Nullable String channel, String url) {
        this(id, name, channel, url, null, TargetFit.AS_IS);
    }

    /** The same target at another address. */
    public TargetSpec withUrl(String newUrl) {
        return new TargetSpec(id, name, channel, newUrl, limits, fit);
    }

    /** The protocol, in lower case. */
    public String scheme() {
        return schemeOf(url);
    }

    private static String schemeOf(String url) {
        return url.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
    }

    /** The host to connect to. */
    public String host() {
        return hostOf(url);
    }

    private static String hostOf(String url) {
        String authority = url.replaceFirst("^[A-Za-z]+://", "").replaceFirst("[/?#].*", "");
        try {
            String host = new URI("tcp://" + authority).getHost();
            return host == null ? "" : host;
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** The address without its key. */
    public String redactedUrl() {
        return Redaction.url(url);
    }

    @Override
    public String toString() {
        return "TargetSpec[id=%s, name=%s, channel=%s, url=%s, limits=%s, fit=%s]"
                .formatted(id, name, channel, redactedUrl(), limits, fit);
    }
}
