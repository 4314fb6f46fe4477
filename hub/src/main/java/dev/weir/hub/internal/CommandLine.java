package dev.weir.hub.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line? */
sealed interface CommandLine {
    /** Those there are. */
    String COMMANDS = "demo, run, attribution, map, hooks, routes, drift, webhooks, parked, dead, connections or audit";

    /** A whole show on this machine; a port of 0 takes any free one. {@code check} stops again once it is ready. */
    record Demo(
            boolean fresh,
            Path data,
            int port,
            int rtmpPort,
            int webrtcPort,
            int sandboxPort,
            boolean host,
            boolean check)
            implements CommandLine {}

    /** Production, set up by {@code config}. */
    record Run(Path config) implements CommandLine {}

    /**
     * Judges old orders of a hub that runs, by another set of rules, and tells what would change.
     *
     * @param key null to take it from the environment, where other programs of this machine do not see it
     * @param from null for 90 days before {@code to}
     * @param to null for now
     */
    record Rerun(
            int version,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable URI hub,
            @Nullable String key) implements CommandLine {}

    /**
     * Runs a field map on a payload here, without a hub.
     *
     * @param map null for the channel's {@code order} map, or its only one
     * @param with the text of the map to hold against the shipped one; null for the brand's, or the data folder's
     * @param brand whose own maps a hub that runs is asked for; null for nobody's
     * @param key null to take it from the environment
     */
    record MapTest(
            String channel,
            Path file,
            @Nullable String map,
            @Nullable Path with,
            @Nullable String brand,
            Path data,
            @Nullable URI hub,
            @Nullable String key)
            implements CommandLine {}

    /** About the brand's own systems, of a hub that runs; {@code key} null to take it from the environment. */
    sealed interface Hooks extends CommandLine {
        /** The hub; null to take it from the environment. */
        @Nullable
        URI hub();

        /** The API key. */
        @Nullable
        String key();
    }

    /** Which there are. */
    record HookList(@Nullable URI hub, @Nullable String key) implements Hooks {}

    /** Tells one of them once more; {@code endpoint} is its id or name. */
    record HookReplay(
            String endpoint,
            Instant since,
            @Nullable URI hub,
            @Nullable String key) implements Hooks {}

    /**
     * Looks at the routes of a hub that runs, or changes them.
     *
     * @param file of {@code VALIDATE} and {@code APPLY}
     * @param route of {@code APPROVE} and {@code ROLLBACK}
     * @param version of {@code APPROVE}
     * @param note of {@code APPLY}: why
     */
    record Routes(
            Act act,
            @Nullable Path file,
            @Nullable String route,
            @Nullable Integer version,
            @Nullable String note,
            @Nullable URI hub,
            @Nullable String key)
            implements CommandLine {
        /** What is done. */
        enum Act {
            LIST,
            VALIDATE,
            APPLY,
            APPROVE,
            ROLLBACK
        }
    }

    /**
     * Asks a hub that runs what shops show otherwise than we expect.
     *
     * @param what {@code list}, {@code run}, {@code heal} or {@code undo}
     * @param subject the shop of a run, the entry of a heal or undo; null for a list
     * @param mode of a run: {@code heal}, {@code report} or {@code backfill}
     * @param json whether the hub's answer is printed as it is
     * @param key null to take it from the environment
     */
    record Drift(
            String what,
            @Nullable String subject,
            String mode,
            boolean force,
            boolean listings,
            boolean json,
            @Nullable URI hub,
            @Nullable String key)
            implements CommandLine {}

    /**
     * Asks a hub that runs about what came in, what its shops are worth now and who did what, or has a delivery handled again.
     *
     * @param what subject and act in one word, such as {@code WEBHOOKS_SHOW}
     * @param id of the delivery that is meant; null for a list
     * @param file with the copy of a repair
     * @param state of the deliveries listed; null for all
     * @param find what they have in them; null for all
     * @param after what a page before ended with; null for the first
     * @param note of a repair: why
     * @param limit most rows, 1..200
     * @param test whether a copy is only tried
     * @param json whether the hub's answer is printed as it is
     * @param key null to take it from the environment
     */
    record Ops(
            What what,
            @Nullable String id,
            @Nullable Path file,
            @Nullable String state,
            @Nullable String find,
            @Nullable String after,
            @Nullable String note,
            int limit,
            boolean test,
            boolean json,
            @Nullable URI hub,
            @Nullable String key)
            implements CommandLine {
        /** What is asked for. */
        enum What {
            WEBHOOKS_LIST,
            WEBHOOKS_SHOW,
            WEBHOOKS_REPLAY,
            PARKED_LIST,
            DEAD_LIST,
            DEAD_REPLAY,
            DEAD_REPAIR,
            CONNECTIONS_LIST,
            AUDIT_LIST
        }
    }

    /** Reads {@code args}; IllegalArgumentException names what was not understood. */
    static CommandLine parse(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("command: missing (expected: " + COMMANDS + ")");
        }
        return switch (args[0]) {
            case "demo" -> DemoOptions.parse(new Options(args));
            case "run" -> RunOptions.parse(new Options(args));
            case "attribution" -> AttributionOptions.parse(new Options(args));
            case "map" -> MapOptions.parse(new Options(args));
            case "hooks" -> HooksOptions.parse(new Options(args));
            case "routes" -> RoutesOptions.parse(new Options(args));
            case "drift" -> DriftOptions.parse(new Options(args));
            case "webhooks", "parked", "dead", "connections", "audit" -> OpsOptions.parse(args[0], new Options(args));
            default -> throw new IllegalArgumentException("command: " + args[0] + " (expected: " + COMMANDS + ")");
        };
    }
}
