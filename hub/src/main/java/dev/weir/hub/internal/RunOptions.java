package dev.weir.hub.internal;

import java.nio.file.Path;

/** How is {@code run} called? IllegalArgumentException names what was not understood. */
final class RunOptions {
    private RunOptions() {}

    static CommandLine parse(Options options) {
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
        return new CommandLine.Run(config);
    }
}
