package dev.weir.hub.internal;

import java.net.URI;
import java.nio.file.Path;

/** How is {@code map} called? IllegalArgumentException names what was not understood. */
final class MapOptions {
    private MapOptions() {}

    static CommandLine parse(Options options) {
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
        return new CommandLine.MapTest(channel, file, map, with, brand, data, hub, key);
    }
}
