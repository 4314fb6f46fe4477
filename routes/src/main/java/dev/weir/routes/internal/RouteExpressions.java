package dev.weir.routes.internal;

import dev.weir.routes.RouteEdits.Wrong;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may a route say of a message? Camel's language {@code simple} reaches beans, classes, files and the environment through its
 * functions, classes through {@code is}, and hangs on a {@code regex} of somebody's making; so only those functions that read the message
 * itself, and comparisons that take no longer than it is, are let through.
 */
final class RouteExpressions {
    // A dot in brackets would call what the header's value can do.
    private static final String KAFKA = "header\\[kafka\\.(KEY|TOPIC|PARTITION|OFFSET|TIMESTAMP)]";
    private static final Pattern READS =
            Pattern.compile("\\$\\{(body|header\\.[A-Za-z][\\w-]*|header\\[[A-Za-z][\\w-]*]|" + KAFKA + ")}");
    private static final Pattern LOGGED = Pattern.compile("\\$\\{(header\\.weirConnection|" + KAFKA + ")}");
    // Not its name, which people write, and which would be read as part of the expression.
    private static final String CONNECTION = "{{connectionId}}";
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern COMPARES =
            Pattern.compile("\\s*+(?:(?:==|=~|!=|>=|>|<=|<|&&|\\|\\||~~|!~~|!?contains|!?startsWith|starts with"
                    + "|!?endsWith|ends with|!?in|null|empty|true|false|-?\\d++(?:\\.\\d++)?+)\\s*+)*+");
    private static final Pattern CHOOSES = Pattern.compile("\\?|~>");
    private static final int MOST = 500;

    private RouteExpressions() {}

    /** What an expression is for. */
    enum Use {
        VALUE("of functions only ${body}, ${header.NAME} and ${header[NAME]}, of values only {{connectionId}}"),
        CONDITION(VALUE.expected
                + ", compared by ==, !=, <, >, contains, startsWith, endsWith or in, with texts in quotes"),
        /** Read by many: it must not carry a buyer's data. */
        LOG("a message without ${body}, of functions only ${header.weirConnection} and ${header[kafka.KEY]}");

        private final String expected;

        Use(String expected) {
            this.expected = expected;
        }
    }

    /** Adds to {@code wrongs} when it is none that may be used. */
    static void check(YamlSpot spot, Use use, List<Wrong> wrongs) {
        String text = spot.text();
        if (text == null || text.isBlank() || text.length() > MOST) {
            wrongs.add(new Wrong(spot.line(), spot.place(), spot.shown(), "a text of 1.." + MOST + " characters"));
        } else if (!isAllowed(text, use)) {
            wrongs.add(new Wrong(spot.line(), spot.place(), spot.shown(), use.expected));
        }
    }

    private static boolean isAllowed(String text, Use use) {
        Pattern reads = use == Use.LOG ? LOGGED : READS;
        String rest = reads.matcher(text).replaceAll(" ").replace(CONNECTION, " ");
        if (reaches(rest)) {
            return false;
        }
        return switch (use) {
            case CONDITION ->
                COMPARES.matcher(QUOTED.matcher(rest).replaceAll(" ")).matches();
            case VALUE -> rest.equals(text) || !CHOOSES.matcher(rest).find();
            case LOG -> true;
        };
    }

    private static boolean reaches(String text) {
        return text.contains("$")
                || text.contains("{{")
                || text.toLowerCase(Locale.ROOT).contains("resource:");
    }

    /** Adds to {@code wrongs} when it is not a text that says the same to everybody. */
    static void plain(YamlSpot spot, List<Wrong> wrongs) {
        String text = spot.text();
        if (text == null || text.length() > MOST || reaches(text)) {
            wrongs.add(new Wrong(
                    spot.line(),
                    spot.place(),
                    spot.shown(),
                    "a plain text of " + MOST + " characters at most, without $ and {{"));
        }
    }
}
