package dev.weir.instagram.internal.sandbox;

import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** Who is let in? A version that is alive, a token that is, and the proof that the caller knows the app's secret. */
final class Admission {
    /** Last day of each version; those without one have none yet. */
    private static final Map<String, LocalDate> VERSIONS = Map.of(
            "v21.0", LocalDate.of(2027, 1, 21),
            "v22.0", LocalDate.of(2027, 5, 20),
            "v23.0", LocalDate.of(2027, 10, 8),
            "v24.0", LocalDate.of(2028, 2, 18),
            "v25.0", LocalDate.of(2028, 7, 29),
            "v26.0", LocalDate.MAX,
            "v27.0", LocalDate.MAX);

    private final Tokens tokens;
    private final Habits habits;
    private final Clock clock;

    Admission(Tokens tokens, Habits habits, Clock clock) {
        this.tokens = tokens;
        this.habits = habits;
        this.clock = clock;
    }

    void version(SandboxRequest request) {
        String name = request.path().split("/", -1)[1];
        LocalDate ends = VERSIONS.get(name);
        if (ends == null
                || !LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isBefore(ends)) {
            throw GraphError.of(2500, "Unknown path components: /" + name);
        }
    }

    Tokens.Token token(SandboxRequest request) {
        String given = bearer(request);
        if (given.isBlank()) {
            throw GraphError.of(
                    2500, "An active access token must be used to query information about the current user.");
        }
        Tokens.Token token = tokens.find(given);
        if (token == null) {
            throw GraphError.of(190, 467, "Invalid OAuth access token - Cannot parse access token");
        }
        boolean app = token.kind() == Tokens.Token.Kind.APP;
        if (tokens.ended(token) || (!app && habits.has(Habit.TOKENS_ENDED))) {
            throw GraphError.of(190, 463, "Error validating access token: Session has expired");
        }
        if (!app && habits.has(Habit.TOKENS_REVOKED)) {
            throw GraphError.of(190, 460, "Error validating access token: the user changed the password");
        }
        if (!Signatures.same(Meta.proof(given), request.query().getOrDefault("appsecret_proof", ""))) {
            throw GraphError.method(0, "Invalid appsecret_proof provided in the API argument");
        }
        return token;
    }

    private static String bearer(SandboxRequest request) {
        String header = request.header("authorization");
        return header != null && header.startsWith("Bearer ")
                ? header.substring("Bearer ".length())
                : request.query().getOrDefault("access_token", "");
    }
}
