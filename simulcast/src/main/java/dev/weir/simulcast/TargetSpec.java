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
 * @param url rtmp, rtmps or srt address with the key in it; a secret
 */
public record TargetSpec(String id, String name, @Nullable String channel, String url) {

    private static final Set<String> SCHEMES = Set.of("rtmp", "rtmps", "srt");
    private static final int MAX_URL = 2048;

    /** Checks the address. */
    public TargetSpec {
        if (url.length() > MAX_URL || url.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            throw new IllegalArgumentException(
                    "url: %d characters (expected: 1..%d, no blanks)".formatted(url.length(), MAX_URL));
        }
        String scheme = url.replaceFirst(":.*", "").toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || hostOf(url).isEmpty()) {
            throw new IllegalArgumentException(
                    "url: %s (expected: rtmp://, rtmps:// or srt:// and a host)".formatted(Redaction.url(url)));
        }
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
        return "TargetSpec[id=%s, name=%s, channel=%s, url=%s]".formatted(id, name, channel, redactedUrl());
    }
}
