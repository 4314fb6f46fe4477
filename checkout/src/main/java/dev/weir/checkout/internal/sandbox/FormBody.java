package dev.weir.checkout.internal.sandbox;

import dev.weir.connectors.sandbox.SandboxRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What does a form say? Names as Stripe writes them, such as {@code metadata[order]}; sorted, so that equal forms are equal. */
public record FormBody(Map<String, String> fields) {
    private static final int MOST_FIELDS = 200;

    /** Body and query of {@code request} together. */
    public static FormBody of(SandboxRequest request) {
        Map<String, String> fields = new TreeMap<>(request.query());
        if (!request.text().isEmpty()) {
            for (String pair : request.text().split("&", MOST_FIELDS)) {
                int equals = pair.indexOf('=');
                fields.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        decoded(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        return new FormBody(fields);
    }

    /** The field's text, empty when absent. */
    public String text(String name) {
        return fields.getOrDefault(name, "");
    }

    /** The fields {@code prefix[x]} by their x. */
    Map<String, String> group(String prefix) {
        Map<String, String> group = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(prefix + "[") && name.endsWith("]")) {
                group.put(name.substring(prefix.length() + 1, name.length() - 1), value);
            }
        });
        return group;
    }

    /** A whole number of 1 or more; refused as Stripe refuses it otherwise. */
    long positive(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw StripeRefusal.missing(name);
        }
        if (!text.matches("\\d{1,12}") || Long.parseLong(text) < 1) {
            throw StripeRefusal.invalid(name, "Invalid integer: " + text);
        }
        return Long.parseLong(text);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
