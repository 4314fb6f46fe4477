package dev.weir.connectors.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

    /** The body as a form ({@code application/x-www-form-urlencoded}); of a repeated name the last value. */
    public Map<String, String> form() {
        return body.length == 0 ? Map.of() : pairs(text());
    }

    static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            pairs.put(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return pairs;
    }
}
