package dev.weir.tiktokshop.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;

/** What did the operator enter, where a number is expected or nothing may be entered? */
final class Settings {
    private Settings() {}

    /** A whole number of 1 or more, at most nine digits. */
    static int number(Connection connection, String name, int fallback) {
        String text = text(connection, name, Integer.toString(fallback));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, name + ": " + text + " (expected: a whole number, 1 or more)");
        }
        return Integer.parseInt(text);
    }

    /** What was entered; {@code fallback} also for blanks. */
    static String text(Connection connection, String name, String fallback) {
        String text = connection.setting(name, "");
        return text.isBlank() ? fallback : text.strip();
    }
}
