package dev.weir.hub.internal;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Walks over the arguments behind the command. */
final class Options {
    private final String[] args;
    private int at;

    Options(String[] args) {
        this.args = args;
    }

    @Nullable
    String next() {
        return ++at < args.length ? args[at] : null;
    }

    String named(String what) {
        return named(what, "map test CHANNEL FILE");
    }

    int numbered(String what) {
        return number(what, named(what, "a number"));
    }

    String named(String what, String expected) {
        String value = next();
        if (value == null || value.startsWith("--")) {
            throw new IllegalArgumentException(what + ": missing (expected: " + expected + ")");
        }
        return value;
    }

    String value() {
        String option = args[at];
        String value = next();
        if (value == null) {
            throw new IllegalArgumentException(option + ": missing (expected: a value)");
        }
        return value;
    }

    int port() {
        String option = args[at];
        String value = value();
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException(option + ": " + value + " (expected: 0..65535)");
        }
        return Integer.parseInt(value);
    }

    int number() {
        String option = args[at];
        return number(option, value());
    }

    static int number(String what, String value) {
        if (!value.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: a number)");
        }
        return Integer.parseInt(value);
    }

    Instant instant() {
        String option = args[at];
        String value = value();
        try {
            return value.length() == 10
                    ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + ": " + value + " (expected: a day like 2026-11-24, which begins in UTC, or an instant"
                            + " like 2026-11-24T18:00:00Z)",
                    e);
        }
    }

    URI http() {
        String option = args[at];
        String value = value();
        if (!value.matches("https?://[^\\s/?#]+/?")) {
            throw new IllegalArgumentException(
                    option + ": " + value + " (expected: an address like https://live.example.com)");
        }
        return URI.create(value);
    }

    IllegalArgumentException unknown() {
        return new IllegalArgumentException(args[at] + ": unknown option (expected: one that ./weir lists)");
    }
}
