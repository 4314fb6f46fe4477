package dev.weir.connectors;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What arrived, byte for byte, before anyone looked into it?
 *
 * @param headers names in lower case; the last value wins where a name repeats
 * @param body the raw bytes that the platform signed; never re-encoded. Not copied: treat as read-only
 */
public record RawWebhook(Map<String, String> headers, String query, byte[] body, Instant receivedAt) {
    /** The header's value, or null; {@code name} in any case. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
