package dev.weir.hub.internal;

import java.net.URI;

/** How is {@code drift} called? IllegalArgumentException names what was not understood. */
final class DriftOptions {
    private DriftOptions() {}

    static CommandLine parse(Options options) {
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
        boolean json = false;
        URI hub = null;
        String key = null;
        for (String option = options.next(); option != null; option = options.next()) {
            switch (option) {
                case "--mode" -> mode = options.value();
                case "--force" -> force = true;
                case "--listings" -> listings = true;
                case "--json" -> json = true;
                case "--hub" -> hub = options.http();
                case "--key" -> key = options.value();
                default -> throw options.unknown();
            }
        }
        if (!mode.matches("heal|report|backfill")) {
            throw new IllegalArgumentException("--mode: " + mode + " (expected: heal, report or backfill)");
        }
        return new CommandLine.Drift(what, subject, mode, force, listings, json, hub, key);
    }
}
