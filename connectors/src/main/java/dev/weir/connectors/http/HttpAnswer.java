package dev.weir.connectors.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What did the platform answer? Header names in lower case; at most 8 MiB of body. */
public record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    /** The header's value or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
