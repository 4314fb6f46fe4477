package dev.weir.connectors.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What did the platform answer?
 *
 * @param headers names in lower case; of several values the last
 * @param body at most 8 MiB; not copied
 * @param took from sending to the last byte of the body
 */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body, Duration took) {
    /** An answer that took no time. */
    public HttpAnswer(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Duration.ZERO);
    }

    /** The header's value or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
