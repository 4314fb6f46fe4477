package dev.weir.bigcommerce.internal.sandbox;

import dev.weir.connectors.http.Signatures;
import dev.weir.connectors.sandbox.SandboxRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who is let in, and how often? A token and JSON, and so many calls in a window that begins with the first one after the last. */
final class Door {
    static final String TOKEN = "bc_sandbox_token";

    private final Clock clock;
    private final Twist.Switches twists;
    private Instant opened = Instant.EPOCH;
    private int used;
    private int tooMany;

    Door(Clock clock, Twist.Switches twists) {
        this.clock = clock;
        this.twists = twists;
    }

    synchronized void enter(SandboxRequest request) {
        String token = request.header("X-Auth-Token");
        if (token == null || !Signatures.same(TOKEN, token)) {
            throw new Problem(401, "Unauthorized");
        }
        if (!contains(request, "accept")) {
            throw new Problem(406, "Accept: expected application/json, or V2 answers XML");
        }
        if (!request.method().equals("GET") && !contains(request, "content-type")) {
            throw new Problem(415, "Content-Type: expected application/json");
        }
        if (twists.isOn(Twist.LOAD_SHED)) {
            throw new Problem(429, "Too Many Requests");
        }
        count();
    }

    private static boolean contains(SandboxRequest request, String header) {
        String value = request.header(header);
        return value != null && value.contains("application/json");
    }

    private void count() {
        Instant now = clock.instant();
        if (!now.isBefore(opened.plus(window()))) {
            opened = now;
            used = 0;
        }
        used++;
        if (used > quota()) {
            tooMany++;
            throw new Problem(429, "Too Many Requests");
        }
    }

    /** What every answer says of the quota; a refusal for the platform's own sake says the wait alone. */
    synchronized Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (twists.isOn(Twist.LOAD_SHED)) {
            headers.put("X-Rate-Limit-Time-Reset-Ms", "15000");
            return headers;
        }
        Duration left = Duration.between(clock.instant(), opened.plus(window()));
        headers.put("X-Rate-Limit-Time-Window-Ms", Long.toString(window().toMillis()));
        headers.put("X-Rate-Limit-Time-Reset-Ms", Long.toString(Math.max(0, left.toMillis())));
        headers.put("X-Rate-Limit-Requests-Quota", Integer.toString(quota()));
        headers.put("X-Rate-Limit-Requests-Left", Integer.toString(Math.max(0, quota() - used)));
        return headers;
    }

    /** How many calls came that the window had no room for. */
    synchronized int tooMany() {
        return tooMany;
    }

    private int quota() {
        return twists.isOn(Twist.TIGHT_QUOTA) ? 30 : 60_000;
    }

    private Duration window() {
        return Duration.ofSeconds(twists.isOn(Twist.TIGHT_QUOTA) ? 3 : 30);
    }
}
