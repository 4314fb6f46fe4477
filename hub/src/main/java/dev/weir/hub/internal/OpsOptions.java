package dev.weir.hub.internal;

import dev.weir.hub.internal.CommandLine.Ops.What;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How are {@code webhooks}, {@code parked}, {@code dead}, {@code connections} and {@code audit} called? IllegalArgumentException names what was not understood. */
final class OpsOptions {
    private static final int ROWS = 50;
    private static final int MOST_ROWS = 200;
    private static final Set<String> STATES = Set.of("RECEIVED", "PROCESSED", "PARKED", "DEAD", "IGNORED");

    private OpsOptions() {}

    static CommandLine parse(String subject, Options options) {
        What what = what(subject, options);
        String id = needsDelivery(what) ? delivery(options.named("ID", "the id of a delivery")) : null;
        Path file = what == What.DEAD_REPAIR ? Path.of(options.named("FILE", "the copy, mended")) : null;
        String state = null;
        String find = null;
        String after = null;
        String note = null;
        int limit = ROWS;
        boolean test = false;
        boolean json = false;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            if (!allowed(what, option)) {
                throw options.unknown();
            }
            switch (option) {
                case "--state" -> state = state(options.value());
                case "--find" -> find = options.value();
                case "--after" -> after = options.value();
                case "--limit" -> limit = limit(options.number());
                case "--note" -> note = options.value();
                case "--test" -> test = true;
                case "--json" -> json = true;
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        if (what == What.DEAD_REPAIR && !test && note == null) {
            throw new IllegalArgumentException("--note: missing (expected: why, or --test to try the copy only)");
        }
        return new CommandLine.Ops(what, id, file, state, find, after, note, limit, test, json, hub, key);
    }

    private static What what(String subject, Options options) {
        return switch (subject) {
            case "parked" -> What.PARKED_LIST;
            case "connections" -> What.CONNECTIONS_LIST;
            case "audit" -> What.AUDIT_LIST;
            default -> act(subject, options.next());
        };
    }

    private static What act(String subject, @Nullable String act) {
        for (What what : What.values()) {
            if (what.name().equals((subject + "_" + act).toUpperCase(Locale.ROOT))) {
                return what;
            }
        }
        throw new IllegalArgumentException(subject + ": " + act + " (expected: "
                + (subject.equals("dead") ? "list, replay or repair" : "list, show or replay") + ")");
    }

    private static boolean needsDelivery(What what) {
        return switch (what) {
            case WEBHOOKS_SHOW, WEBHOOKS_REPLAY, DEAD_REPLAY, DEAD_REPAIR -> true;
            case WEBHOOKS_LIST, PARKED_LIST, DEAD_LIST, CONNECTIONS_LIST, AUDIT_LIST -> false;
        };
    }

    /** An option that means nothing to a command is a mistake, not to be passed over. */
    private static boolean allowed(What what, String option) {
        return switch (option) {
            case "--state" -> what == What.WEBHOOKS_LIST;
            case "--find" -> what == What.WEBHOOKS_LIST || what == What.AUDIT_LIST;
            case "--after", "--limit" -> !needsDelivery(what) && what != What.CONNECTIONS_LIST;
            case "--note", "--test" -> what == What.DEAD_REPAIR;
            default -> true;
        };
    }

    private static String delivery(String id) {
        try {
            return UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ID: " + id + " (expected: an id that a list shows)", e);
        }
    }

    private static String state(String state) {
        String wanted = state.toUpperCase(Locale.ROOT);
        if (!STATES.contains(wanted)) {
            throw new IllegalArgumentException(
                    "--state: " + state + " (expected: received, processed, parked, dead or ignored)");
        }
        return wanted;
    }

    private static int limit(int limit) {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new IllegalArgumentException("--limit: " + limit + " (expected: 1.." + MOST_ROWS + ")");
        }
        return limit;
    }
}
