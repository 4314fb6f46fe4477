package dev.weir.routes.internal;

import dev.weir.connectors.ChannelException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a failure: tried again soon, or set aside with its reason? The one place that decides it, for
 * deliveries, stock and orders alike.
 *
 * @param base the first wait; it doubles with each attempt
 * @param cap the longest wait
 * @param mostAttempts after so many, what could be retried is set aside and looked at again every {@link #LATER}
 */
record FaultPolicy(Duration base, Duration cap, int mostAttempts) {
    /** How long what may come right by itself stays aside. */
    static final Duration LATER = Duration.ofMinutes(5);

    /** How long what is not there yet stays aside. */
    static final Duration SOON = Duration.ofSeconds(30);

    static final FaultPolicy DELIVERIES = new FaultPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), 8);
    static final FaultPolicy STOCK = new FaultPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Integer.MAX_VALUE);
    static final FaultPolicy ORDERS = new FaultPolicy(Duration.ofSeconds(1), Duration.ofSeconds(60), Integer.MAX_VALUE);

    /** What to do after attempt number {@code attempt}, 1 or more. */
    Verdict decide(RuntimeException failure, int attempt) {
        String reason = reason(failure);
        if (!(failure instanceof ChannelException refusal)) {
            return again(attempt, null, reason);
        }
        return switch (refusal.fault()) {
            // Every call we make is keyed or versioned, so repeating one of unknown outcome reads back what it did.
            case TRANSIENT, OUTCOME_UNKNOWN, CONFLICT -> again(attempt, null, reason);
            case THROTTLED -> again(attempt, refusal.retryAfter(), reason);
            case UNAUTHORISED -> new Verdict.Park(reason, LATER);
            case NOT_FOUND -> new Verdict.Park(reason, SOON);
            case REJECTED, UNSUPPORTED -> new Verdict.Park(reason, null);
        };
    }

    private Verdict again(int attempt, @Nullable Duration asked, String reason) {
        if (attempt >= mostAttempts) {
            return new Verdict.Park(reason + " (after " + attempt + " attempts)", LATER);
        }
        Duration own = backOff(attempt);
        return new Verdict.Retry(asked != null && asked.compareTo(own) > 0 ? asked : own, reason);
    }

    private Duration backOff(int attempt) {
        long doubled = base.toMillis() << Math.min(attempt - 1, 16);
        long bounded = Math.min(doubled, cap.toMillis());
        // A fifth of chance keeps what failed together from coming back together.
        return Duration.ofMillis(bounded - ThreadLocalRandom.current().nextLong(bounded / 5 + 1));
    }

    static String reason(RuntimeException failure) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof ChannelException refusal
                ? refusal.fault() + ": " + Sql.cut(text, 400)
                : failure.getClass().getSimpleName() + ": " + Sql.cut(text, 400);
    }

    /** What to do. */
    sealed interface Verdict {
        /** Try again after the wait. */
        record Retry(Duration after, String reason) implements Verdict {}

        /** Set aside; {@code lookAgain} is null when only a person or an event can help. */
        record Park(String reason, @Nullable Duration lookAgain) implements Verdict {}

        String reason();
    }
}
