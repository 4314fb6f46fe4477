package dev.weir.hub.internal;

import java.net.URI;
import java.time.Instant;

/** How is {@code hooks} called? IllegalArgumentException names what was not understood. */
final class HooksOptions {
    private HooksOptions() {}

    static CommandLine parse(Options options) {
        String command = options.next();
        boolean isReplay = "replay".equals(command);
        if (!isReplay && !"list".equals(command)) {
            throw new IllegalArgumentException("hooks: " + command + " (expected: list or replay)");
        }
        String endpoint = isReplay ? options.next() : null;
        if (isReplay && (endpoint == null || endpoint.startsWith("--"))) {
            throw new IllegalArgumentException("ENDPOINT: missing (expected: hooks replay ENDPOINT --since DAY)");
        }
        Instant since = null;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--since" -> since = options.instant();
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        if (endpoint == null) {
            return new CommandLine.HookList(hub, key);
        }
        if (since == null) {
            throw new IllegalArgumentException("--since: missing (expected: a day or an instant)");
        }
        return new CommandLine.HookReplay(endpoint, since, hub, key);
    }
}
