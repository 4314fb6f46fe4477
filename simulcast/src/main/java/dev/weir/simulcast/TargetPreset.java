package dev.weir.simulcast;

import dev.weir.simulcast.VideoLimits.Shape;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What does a platform want to be pushed to, and what must an operator paste from where?
 *
 * <p>Limits are what the platforms publish; what they do not publish is common practice and named by {@link #uncertain}:
 * take it as a default, not as a fact.
 */
public enum TargetPreset {
    /** TikTok LIVE; address and key are new for every live and differ by region. */
    TIKTOK_LIVE(
            "TikTok LIVE",
            "tiktok-shop",
            null,
            false,
            new VideoLimits(6000, 1920, 1080, 30, true, 4000, Shape.PORTRAIT),
            "In TikTok LIVE Center or LIVE Studio choose to go live with streaming software, or in the app \"cast from PC\"."
                    + " Copy \"Server URL\" and \"Stream key\". Both are new for every live, and the account must have been"
                    + " granted streaming software.",
            List.of(
                    "bit rate",
                    "picture size",
                    "pictures a second",
                    "time between key frames",
                    "whether RTMPS is taken")),

    /** Instagram Live Producer; over TLS only, with a key that holds a query. */
    INSTAGRAM_LIVE(
            "Instagram Live",
            "instagram",
            "rtmps://live-upload.instagram.com:443/rtmp/",
            true,
            new VideoLimits(6256, 1920, 1080, 60, true, 4000, Shape.PORTRAIT),
            "On instagram.com choose Create, then Live video. Copy \"Stream URL\" and \"Stream key\"; the key is new for every"
                    + " live and belongs in whole, with everything after its question mark. The picture must be 9:16. After"
                    + " the preview shows, press \"Go live\" there: until then nobody sees the stream. It ends after 4 hours.",
            List.of("picture size above 720x1280", "time between key frames")),

    /** Facebook Live; over TLS only. */
    FACEBOOK(
            "Facebook Live",
            null,
            "rtmps://live-api-s.facebook.com:443/rtmp/",
            true,
            new VideoLimits(6256, 1920, 1080, 30, true, 4000, Shape.ANY),
            "On facebook.com choose Live video, then streaming software. Copy \"Server URL\" and \"Stream key\". The account"
                    + " must be 60 days old and have 100 followers. It ends after 8 hours.",
            List.of("whether other platforms may be streamed to at the same time: read their terms")),

    /** YouTube Live. */
    YOUTUBE(
            "YouTube Live",
            null,
            "rtmps://a.rtmps.youtube.com:443/live2",
            false,
            new VideoLimits(51_000, 3840, 2160, 60, true, 4000, Shape.ANY),
            "In YouTube Studio choose Go live, then Stream. Copy \"Stream URL\" and \"Stream key\"; the key stays the same"
                    + " until it is reset. Switch off \"auto-stop\" there if a gap of the host shall not end the broadcast.",
            List.of("picture size above 1920x1080")),

    /** Any other address. */
    CUSTOM(
            "Other address",
            null,
            null,
            false,
            null,
            "An address that takes RTMP, RTMPS, SRT or WHIP. The stream key is what follows the last slash of an RTMP(S)"
                    + " address; an SRT address carries it as streamid; a WHIP address, written whips://TOKEN@HOST/PATH,"
                    + " carries its bearer token before the host.",
            List.of());

    private static final int MAX_PASTED = 1024;

    private final String title;
    private final @Nullable String channel;
    private final @Nullable String server;
    private final boolean onlyTls;
    private final @Nullable VideoLimits limits;
    private final String guide;
    private final List<String> uncertain;

    TargetPreset(
            String title,
            @Nullable String channel,
            @Nullable String server,
            boolean onlyTls,
            @Nullable VideoLimits limits,
            String guide,
            List<String> uncertain) {
        this.title = title;
        this.channel = channel;
        this.server = server;
        this.onlyTls = onlyTls;
        this.limits = limits;
        this.guide = guide;
        this.uncertain = uncertain;
    }

    /** The platform's name for people. */
    public String title() {
        return title;
    }

    /** The channel it belongs to; null when to none. */
    public @Nullable String channel() {
        return channel;
    }

    /** The usual server address to begin with; null when it has to be pasted. */
    public @Nullable String server() {
        return server;
    }

    /** True when the platform refuses RTMP without TLS. */
    public boolean onlyTls() {
        return onlyTls;
    }

    /** What it takes; null when nothing is known. */
    public @Nullable VideoLimits limits() {
        return limits;
    }

    /** What to paste from where, in words for the operator. */
    public String guide() {
        return guide;
    }

    /** What of this is common practice rather than published. */
    public List<String> uncertain() {
        return uncertain;
    }

    /**
     * The address to push to: the server's, and the key behind it exactly as pasted.
     *
     * @param pastedServer null or blank for the usual one
     * @param pastedKey may hold a query; blank when the server's address holds the key already
     * @throws IllegalArgumentException when there is no server, or the platform would refuse it
     */
    public String url(@Nullable String pastedServer, String pastedKey) {
        String given = pastedServer == null || pastedServer.isBlank() ? server : pastedServer.strip();
        if (given == null) {
            throw new IllegalArgumentException("server: empty (expected: the address that %s shows)".formatted(title));
        }
        String key = pastedKey.strip();
        if (given.length() > MAX_PASTED || key.length() > MAX_PASTED) {
            throw new IllegalArgumentException(
                    "server or key: over %d characters (expected: 1..%d)".formatted(MAX_PASTED, MAX_PASTED));
        }
        if (onlyTls && !scheme(given).equals("rtmps")) {
            throw new IllegalArgumentException(
                    "server: %s (expected: rtmps://, %s takes nothing else)".formatted(Redaction.url(given), title));
        }
        return key.isEmpty() ? given : given.replaceFirst("/+$", "") + "/" + key.replaceFirst("^/+", "");
    }

    private static String scheme(String url) {
        try {
            String scheme = new URI(url.replaceFirst("[?#].*", "")).getScheme();
            return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /**
     * A target of this platform.
     *
     * @param id unique within the live
     * @param url as {@link #url} made it
     * @param fit what becomes of a stream that exceeds the platform's limits
     */
    public TargetSpec spec(String id, String name, String url, TargetFit fit) {
        return new TargetSpec(id, name, channel, url, limits, limits == null ? TargetFit.AS_IS : fit);
    }
}
