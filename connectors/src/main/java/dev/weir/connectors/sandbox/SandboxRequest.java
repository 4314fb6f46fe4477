package dev.weir.connectors.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reached a platform's stand-in? {@code path} starts behind {@code /<channel>}; header names in lower case. */
public record SandboxRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    /** The header's value or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
