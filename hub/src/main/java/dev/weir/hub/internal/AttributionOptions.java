package dev.weir.hub.internal;

import java.net.URI;
import java.time.Instant;

/** How is {@code attribution} called? IllegalArgumentException names what was not understood. */
final class AttributionOptions {
    private AttributionOptions() {}

    static CommandLine parse(Options options) {
        String command = options.next();
        if (!"rerun".equals(command)) {
            throw new IllegalArgumentException("attribution: " + command + " (expected: rerun)");
        }
        Integer version = null;
        Instant from = null;
        Instant to = null;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--version" -> version = options.number();
                case "--from" -> from = options.instant();
                case "--to" -> to = options.instant();
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        if (version == null) {
            throw new IllegalArgumentException("--version: missing (expected: the number of a set of rules)");
        }
        return new CommandLine.Rerun(version, from, to, hub, key);
    }
}
