package dev.weir.hub.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line? */
sealed interface CommandLine {
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
     * @param key null to take it from the environment
     */
    record Drift(
            String what,
            @Nullable String subject,
            String mode,
            boolean force,
            boolean listings,
            @Nullable URI hub,
            @Nullable String key)
            implements CommandLine {}

    /** Reads {@code args}; IllegalArgumentException names what was not understood. */
    static CommandLine parse(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException(
                    "command: missing (expected: demo, run, attribution, map, hooks, routes or drift)");
        }
        return switch (args[0]) {
            case "demo" -> demo(new Options(args));
            case "run" -> run(new Options(args));
            case "attribution" -> attribution(new Options(args));
            case "map" -> map(new Options(args));
            case "hooks" -> hooks(new Options(args));
            case "routes" -> routes(new Options(args));
            case "drift" -> drift(new Options(args));
            default ->
                throw new IllegalArgumentException(
                        "command: " + args[0] + " (expected: demo, run, attribution, map, hooks, routes or drift)");
        };
    }

    private static CommandLine demo(Options options) {
        boolean fresh = false;
        boolean host = true;
        boolean check = false;
        Path data = Path.of("data");
        int port = 8080;
        int rtmpPort = 1935;
        int webrtcPort = 8189;
        int sandboxPort = 9080;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--fresh" -> fresh = true;
                case "--no-host" -> host = false;
                case "--check" -> check = true;
                case "--data" -> data = Path.of(options.value());
                case "--port" -> port = options.port();
                case "--rtmp-port" -> rtmpPort = options.port();
                case "--webrtc-port" -> webrtcPort = options.port();
                case "--sandbox-port" -> sandboxPort = options.port();
                default -> throw options.unknown();
            }
        }
        return new Demo(fresh, data, port, rtmpPort, webrtcPort, sandboxPort, host, check);
    }

    private static CommandLine run(Options options) {
        Path config = null;
        for (String option = options.next(); option != null; option = options.next()) {
            if (!"--config".equals(option)) {
                throw options.unknown();
            }
            config = Path.of(options.value());
        }
        if (config == null) {
            throw new IllegalArgumentException("--config: missing (expected: a file)");
        }
        return new Run(config);
    }

    private static CommandLine attribution(Options options) {
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
        return new Rerun(version, from, to, hub, key);
    }

    private static CommandLine map(Options options) {
        String command = options.next();
        if (!"test".equals(command)) {
            throw new IllegalArgumentException("map: " + command + " (expected: test)");
        }
        String channel = options.named("CHANNEL");
        Path file = Path.of(options.named("FILE"));
        String map = null;
        Path with = null;
        String brand = null;
        Path data = Path.of("data");
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--map" -> map = options.value();
                case "--with" -> with = Path.of(options.value());
                case "--brand" -> brand = options.value();
                case "--data" -> data = Path.of(options.value());
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        return new MapTest(channel, file, map, with, brand, data, hub, key);
    }

    private static CommandLine hooks(Options options) {
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
            return new HookList(hub, key);
        }
        if (since == null) {
            throw new IllegalArgumentException("--since: missing (expected: a day or an instant)");
        }
        return new HookReplay(endpoint, since, hub, key);
    }

    private static CommandLine routes(Options options) {
        Routes.Act act = act(options.next());
        Path file = null;
        String route = null;
        Integer version = null;
        switch (act) {
            case LIST -> {}
            case VALIDATE, APPLY -> file = Path.of(options.named("FILE", "a route file"));
            case APPROVE -> {
                route = options.named("ROUTE", "the id of a route");
                version = options.numbered("VERSION");
            }
            case ROLLBACK -> route = options.named("ROUTE", "the id of a route");
        }
        String note = null;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--note" -> note = options.value();
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        return new Routes(act, file, route, version, note, hub, key);
    }

    private static Routes.Act act(@Nullable String command) {
        for (Routes.Act act : Routes.Act.values()) {
            if (act.name().toLowerCase(Locale.ROOT).equals(command)) {
                return act;
            }
        }
        throw new IllegalArgumentException(
                "routes: " + command + " (expected: list, validate, apply, approve or rollback)");
    }

    private static CommandLine drift(Options options) {
        String what = options.next();
        if (what == null || !what.matches("list|run|heal|undo")) {
            throw new IllegalArgumentException("drift: " + what + " (expected: list, run, heal or undo)");
        }
        String subject = what.equals("list")
                ? null
                : options.named(
                        what.equals("run") ? "SHOP" : "ID",
                        what.equals("run") ? "drift run SHOP" : "drift " + what + " ID");
        String mode = "heal";
        boolean force = false;
        boolean listings = false;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--mode" -> mode = options.value();
                case "--force" -> force = true;
                case "--listings" -> listings = true;
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        if (!mode.matches("heal|report|backfill")) {
            throw new IllegalArgumentException("--mode: " + mode + " (expected: heal, report or backfill)");
        }
        return new Drift(what, subject, mode, force, listings, hub, key);
    }

    /** Walks over the arguments behind the command. */
    final class Options {
        private final String[] args;
        private int at;

        private Options(String[] args) {
            this.args = args;
        }

        private @Nullable String next() {
            return ++at < args.length ? args[at] : null;
        }

        private String named(String what) {
            return named(what, "map test CHANNEL FILE");
        }

        private int numbered(String what) {
            return number(what, named(what, "a number"));
        }

        private String named(String what, String expected) {
            String value = next();
            if (value == null || value.startsWith("--")) {
                throw new IllegalArgumentException(what + ": missing (expected: " + expected + ")");
            }
            return value;
        }

        private String value() {
            String option = args[at];
            String value = next();
            if (value == null) {
                throw new IllegalArgumentException(option + ": missing (expected: a value)");
            }
            return value;
        }

        private int port() {
            String option = args[at];
            String value = value();
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65_535) {
                throw new IllegalArgumentException(option + ": " + value + " (expected: 0..65535)");
            }
            return Integer.parseInt(value);
        }

        private int number() {
            String option = args[at];
            return number(option, value());
        }

        private static int number(String what, String value) {
            if (!value.matches("\\d{1,6}")) {
                throw new IllegalArgumentException(what + ": " + value + " (expected: a number)");
            }
            return Integer.parseInt(value);
        }

        private Instant instant() {
            String option = args[at];
            String value = value();
            try {
                return value.length() == 10
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        option + ": " + value + " (expected: a day like 2026-11-24, which begins in UTC, or an instant"
                                + " like 2026-11-24T18:00:00Z)",
                        e);
            }
        }

        private URI http() {
            String option = args[at];
            String value = value();
            if (!value.matches("https?://[^\\s/?#]+/?")) {
                throw new IllegalArgumentException(
                        option + ": " + value + " (expected: an address like https://live.example.com)");
            }
            return URI.create(value);
        }

        private IllegalArgumentException unknown() {
            return new IllegalArgumentException(args[at] + ": unknown option (expected: one that ./weir lists)");
        }
    }
}
