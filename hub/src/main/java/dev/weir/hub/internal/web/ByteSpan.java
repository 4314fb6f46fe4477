package dev.weir.hub.internal.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a file are asked for (RFC 9110 §14.2)? One range only: more than one, or one from the end, reads as none,
 * which the RFC allows a server to answer with the whole.
 *
 * @param from first byte, at least 0
 * @param length how many at most; {@link Long#MAX_VALUE} for all that follow
 */
record ByteSpan(long from, long length) {
    static final ByteSpan ALL = new ByteSpan(0, Long.MAX_VALUE);

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,15})-(\\d{0,15})");

    static Optional<ByteSpan> parse(@Nullable String header) {
        Matcher matcher = ONE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long from = Long.parseLong(matcher.group(1));
        if (matcher.group(2).isEmpty()) {
            return Optional.of(new ByteSpan(from, Long.MAX_VALUE));
        }
        long last = Long.parseLong(matcher.group(2));
        return last < from ? Optional.empty() : Optional.of(new ByteSpan(from, last - from + 1));
    }
}
