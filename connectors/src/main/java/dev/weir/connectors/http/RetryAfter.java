package dev.weir.connectors.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long does an answer ask us to wait? {@code Retry-After} as seconds, whole or not, or as a date (RFC 9110, 10.2.3). */
public final class RetryAfter {
    private static final double LONGEST_SECONDS = 86_400;

    private RetryAfter() {}

    /** The wait, cut at a day; empty when the header is missing or says nothing that can be read. */
    public static Optional<Duration> in(HttpAnswer answer) {
        String value = answer.header("retry-after");
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        return value.strip().matches("\\d+(\\.\\d+)?")
                ? Optional.of(seconds(Double.parseDouble(value.strip())))
                : until(value.strip(), answer.header("date"));
    }

    static Duration seconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(Math.min(seconds, LONGEST_SECONDS) * 1000));
    }

    /** Counted from the answer's own date: whose clock is right does not matter then. */
    private static Optional<Duration> until(String then, @Nullable String now) {
        if (now == null) {
            return Optional.empty();
        }
        try {
            Duration wait = Duration.between(instant(now), instant(then));
            return Optional.of(wait.isNegative() ? Duration.ZERO : seconds((double) wait.toSeconds()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String date) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }
}
