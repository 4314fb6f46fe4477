package dev.weir.hub.internal;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How is {@code routes} called? IllegalArgumentException names what was not understood. */
final class RoutesOptions {
    private RoutesOptions() {}

    static CommandLine parse(Options options) {
        CommandLine.Routes.Act act = act(options.next());
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
        return new CommandLine.Routes(act, file, route, version, note, hub, key);
    }

    private static CommandLine.Routes.Act act(@Nullable String command) {
        for (CommandLine.Routes.Act act : CommandLine.Routes.Act.values()) {
            if (act.name().toLowerCase(Locale.ROOT).equals(command)) {
                return act;
            }
        }
        throw new IllegalArgumentException(
                "routes: " + command + " (expected: list, validate, apply, approve or rollback)");
    }
}
