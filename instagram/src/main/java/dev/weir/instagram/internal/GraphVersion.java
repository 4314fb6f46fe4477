package dev.weir.instagram.internal;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the Graph API does a connection ask, and until when does it live? Never an unversioned call: those go to
 * the oldest that the app may use, and what becomes of calls to an ended one differs by edge.
 *
 * @param ends the first day on which it is gone; null where Meta has not said (developers.facebook.com, versions, 2026-10-29)
 */
record GraphVersion(String name, @Nullable LocalDate ends) {
    /** Introduced 2026-07-29; the newest that Meta's own SDKs support on 2026-11-24. */
    static final String PINNED = "v26.0";

    private static final Pattern FORM = Pattern.compile("v\\d{1,3}\\.\\d");
    private static final int WARNING_DAYS = 90;
    private static final Map<String, LocalDate> ENDS = Map.of(
            "v21.0", LocalDate.of(2027, 1, 21),
            "v22.0", LocalDate.of(2027, 5, 20),
            "v23.0", LocalDate.of(2027, 10, 8),
            "v24.0", LocalDate.of(2028, 2, 18),
            "v25.0", LocalDate.of(2028, 7, 29));

    /** The version that the connection names, or the pinned one. */
    static GraphVersion of(Connection connection) {
        String name = connection.setting("graphVersion", PINNED);
        if (!FORM.matcher(name).matches()) {
            throw new ChannelException(
                    Fault.UNAUTHORISED, "graphVersion: " + name + " (expected: one such as " + PINNED + ")");
        }
        return new GraphVersion(name, ENDS.get(name));
    }

    /** Whether this one is older than {@code other}, such as {@code v25.0} than {@code v26.0}. */
    static boolean older(String version, String other) {
        return FORM.matcher(version).matches() && number(version) < number(other);
    }

    /** What the operator should know of its end, from 90 days before it; null while there is nothing to do. */
    @Nullable
    String warning(java.time.Instant now) {
        if (ends == null) {
            return null;
        }
        long days = ChronoUnit.DAYS.between(LocalDate.ofInstant(now, ZoneOffset.UTC), ends);
        return days > WARNING_DAYS ? null : "graphVersion " + name + " ends on " + ends + ": enter " + PINNED;
    }

    private static double number(String version) {
        return Double.parseDouble(version.substring(1));
    }
}
