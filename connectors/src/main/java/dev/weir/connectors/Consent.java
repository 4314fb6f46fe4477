package dev.weir.connectors;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How does an operator let us in at the platform's own page, and how is the grant kept alive? Answers are settings to put into the
 * connection; whoever calls stores them, sealed, before anything uses them, and calls {@link #refresh} from one place at a time.
 */
public interface Consent {
    /**
     * The page to send the operator to.
     *
     * @param settings what the operator entered so far, such as the shop's domain and our client id
     * @param redirect where the platform sends the operator back to
     * @param state unguessable, comes back with the operator
     */
    URI page(Map<String, String> settings, URI redirect, String state);

    /**
     * Takes what came back with the operator, proves it to be from the platform where the platform signs it, and exchanges it.
     *
     * @param query the query of the redirect, decoded
     * @throws ChannelException {@link Fault#UNAUTHORISED} saying what was refused
     */
    Grant grant(Map<String, String> settings, URI redirect, Map<String, String> query);

    /** A new pair for {@code connection}; empty when its grant does not lapse. Throws {@link Fault#UNAUTHORISED}: needs the operator. */
    Optional<Grant> refresh(Connection connection);

    /** When {@code connection}'s access lapses unless it is refreshed, and when even that is over; nulls for never. */
    Lapse lapse(Connection connection);

    /** What the platform gave: settings to put into the connection, tokens and their ends among them. */
    record Grant(Map<String, String> settings) {
        /** Copies the settings. */
        public Grant {
            settings = Map.copyOf(settings);
        }

        /** Names the settings but never their values. */
        @Override
        public String toString() {
            return "Grant" + settings.keySet();
        }
    }

    /** Absolute ends. */
    record Lapse(@Nullable Instant access, @Nullable Instant grant) {}
}
