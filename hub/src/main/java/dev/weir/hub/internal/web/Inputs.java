package dev.weir.hub.internal.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must a value look like before it goes further? */
final class Inputs {
    private Inputs() {}

    static <T> T required(String field, @Nullable T value) {
        if (value == null || (value instanceof String text && text.isBlank())) {
            throw new IllegalArgumentException(field + ": missing (expected: a value)");
        }
        return value;
    }

    static String text(String field, @Nullable String value, int most) {
        String present = required(field, value).strip();
        if (present.length() > most) {
            throw new IllegalArgumentException(
                    field + ": " + present.length() + " characters (expected: 1.." + most + ")");
        }
        // PostgreSQL keeps none in a text; unchecked, the caller would be told that the database is away.
        if (present.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + ": has a zero character (expected: text without)");
        }
        return present;
    }

    /** A buyer's own id; those that begin as commenters' do are not for others to use up. */
    static @Nullable String buyer(@Nullable String value) {
        if (value != null && value.strip().startsWith("comment/")) {
            throw new IllegalArgumentException("buyer: comment/… (expected: an id of the buyer's session)");
        }
        return value == null ? null : text("buyer", value, 100);
    }

    static int range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + ": " + value + " (expected: " + least + ".." + most + ")");
        }
        return value;
    }

    static UUID uuid(String field, String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException e) {
            throw new NotFound(field, value.length() > 64 ? value.substring(0, 64) : value);
        }
    }
}
