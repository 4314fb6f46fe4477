package dev.weir.hub.internal.connections;

import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Consent;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What came of asking a platform to refresh? */
sealed interface Refresh {
    /** A new pair. */
    record Renewed(Consent.Grant grant) implements Refresh {}

    /** The grant does not lapse, or there is nothing to refresh it with. */
    record Nothing() implements Refresh {}

    /** Only the operator can help. */
    record Refused(String reason) implements Refresh {}

    /** Undecided: the same pair is asked with again. {@code lost} when the platform may have made a new pair that nobody heard of. */
    record Later(String reason, @Nullable Duration after, boolean lost) implements Refresh {}

    /**
     * Asks. When the answer is lost, asks once more with the same pair: until the new one is used the platform accepts the old one, and
     * nobody can have used what nobody has. When the pair is refused, tries the one before it, for which the same is true.
     */
    static Refresh ask(Consent consent, Connection connection, Map<String, String> previous) {
        Refresh first = once(consent, connection);
        Refresh second = first instanceof Later later && later.lost() ? once(consent, connection) : first;
        if (second instanceof Refused && !previous.isEmpty()) {
            Refresh older = once(consent, ConnectionStore.with(connection, previous));
            return older instanceof Renewed ? older : second;
        }
        return second;
    }

    private static Refresh once(Consent consent, Connection connection) {
        try {
            return consent.refresh(connection).<Refresh>map(Renewed::new).orElseGet(Nothing::new);
        } catch (ChannelException e) {
            String reason = String.valueOf(e.getMessage());
            return switch (e.fault()) {
                case UNAUTHORISED, REJECTED, NOT_FOUND, UNSUPPORTED -> new Refused(reason);
                case OUTCOME_UNKNOWN -> new Later(reason, e.retryAfter(), true);
                case TRANSIENT, THROTTLED, CONFLICT -> new Later(reason, e.retryAfter(), false);
            };
        } catch (RuntimeException e) {
            // A defect of one channel must neither be asked about every second nor keep the others waiting.
            log().warn("Refreshing {} failed", connection, e);
            return new Later("refresh failed (" + e.getClass().getSimpleName() + ")", null, false);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Refresh.class);
    }
}
