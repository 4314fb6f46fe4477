package dev.weir.hub.internal.connections;

import dev.weir.connectors.Consent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When is a connection's access refreshed? A sixth to a quarter of its life before the end, so that an hour's token has ten minutes of
 * a platform's outage to spare, and hubs and shops that were connected together do not ask together.
 *
 * @param jitter 0 to 1
 */
record RefreshTimes(DoubleSupplier jitter) {
    private static final Duration LONGEST_LEAD = Duration.ofDays(3);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 8;

    /** When to refresh what ends so, as of {@code now}; null for never. */
    @Nullable
    Instant ahead(Instant now, Consent.Lapse lapse) {
        Instant end = lapse.access();
        if (end == null) {
            return null;
        }
        Duration left = Duration.between(now, end);
        if (left.isNegative() || left.isZero()) {
            return now;
        }
        Duration sixth = left.dividedBy(6);
        Duration lead = sixth.compareTo(LONGEST_LEAD) < 0 ? sixth : LONGEST_LEAD;
        return end.minus(lead.plusMillis((long) (lead.toMillis() * jitter.getAsDouble() / 2)));
    }

    /** As above, of access that was refreshed just now: never at once again, however short its life. */
    @Nullable
    Instant next(Instant now, Consent.Lapse lapse) {
        Instant ahead = ahead(now, lapse);
        Instant earliest = now.plus(SHORTEST_PAUSE);
        return ahead != null && ahead.isBefore(earliest) ? earliest : ahead;
    }

    /** When to try again after {@code failures} tries (1 or more) that decided nothing: 2, 4, 8 … 256 s, or as the platform asked. */
    Instant again(Instant now, int failures, @Nullable Duration asked) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration longer = asked != null && asked.compareTo(pause) > 0 ? asked : pause;
        return now.plus(longer).plusMillis((long) (1_000 * jitter.getAsDouble()));
    }

    /** Whether a call's refusal may lead to a refresh: not when the platform was asked a moment ago. */
    static boolean mayAsk(Instant now, @Nullable Instant askedAt) {
        return askedAt == null || !askedAt.plus(SHORTEST_PAUSE).isAfter(now);
    }
}
