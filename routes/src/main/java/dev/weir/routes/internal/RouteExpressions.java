package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Wrong;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may a route say of a message? Camel's language {@code simple} reaches beans, classes, files and the environment through its
 * functions, so only those that read the message itself are let through.
 */
final class RouteExpressions {
    private static final Pattern READS =
            Pattern.compile("\\$\\{(body|header\\.[A-Za-z][\\w-]*|header\\[[A-Za-z][\\w.-]*])}");
    private static final Pattern VALUES = Pattern.compile("\\{\\{(connectionId|connectionName)}}");
    private static final int MOST = 500;

    private RouteExpressions() {}

    /** Adds to {@code wrongs} when it is none that may be used. */
    static void check(YamlSpot spot, List<Wrong> wrongs) {
        String text = spot.text();
        if (text == null || text.isBlank() || text.length() > MOST) {
            wrongs.add(new Wrong(spot.line(), spot.place(), spot.shown(), "a text of 1.." + MOST + " characters"));
            return;
        }
        String rest = VALUES.matcher(READS.matcher(text).replaceAll("")).replaceAll("");
        if (rest.contains("$") || rest.contains("{{") || text.toLowerCase(Locale.ROOT).contains("resource:")) {
            wrongs.add(new Wrong(
                    spot.line(),
                    spot.place(),
                    spot.shown(),
                    "of functions only ${body}, ${header.NAME} and ${header[NAME]}, of values only {{connectionId}} and"
                            + " {{connectionName}}"));
        }
    }

    static boolean saysBody(@Nullable String text) {
        return text != null && text.contains("${body}");
    }
}
