package dev.weir.simulcast;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * How can a stream key or a push address be named in a log, a page or an error without giving it away?
 *
 * <p>Thread-safe; holds no state.
 */
public final class Redaction {

    private static final Pattern ADDRESS =
            Pattern.compile("(?i)\\b(rtmps?|rtmpts?|srt|whips?|tls|tcp|https?)://[^\\s'\"<>]+");
    private static final Pattern HOST = Pattern.compile("(?i)^([a-z]+)://(?:[^/@\\s]*@)?([^/?#\\s]+)(.*)$");

    private static final Pattern WEB = Pattern.compile("(?i)whips?|https?");

    private Redaction() {}

    /** A short hash: equal keys look equal, and no key can be read from it. */
    public static String keyHash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "#" + HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: absent (expected: part of every JDK)", e);
        }
    }

    /** Scheme, host and application of an address; user info, query and everything from the key on become stars. */
    public static String url(String url) {
        var matcher = HOST.matcher(url);
        if (!matcher.matches()) {
            return "***";
        }
        String path = matcher.group(3);
        // The application of an RTMP address is no secret; of a web address all of the path may be.
        boolean web = WEB.matcher(matcher.group(1)).matches();
        String shown = path.isEmpty() ? "" : (web ? "" : firstSegment(path)) + "/***";
        return matcher.group(1) + "://" + matcher.group(2) + shown;
    }

    private static String firstSegment(String path) {
        if (!path.startsWith("/")) {
            return "";
        }
        int next = path.indexOf('/', 1);
        return next < 0 ? "" : path.substring(0, next).replaceAll("[?#].*", "");
    }

    /** The text with every address in it redacted. */
    public static String text(String text) {
        return ADDRESS.matcher(text).replaceAll(match -> java.util.regex.Matcher.quoteReplacement(url(match.group())));
    }
}
