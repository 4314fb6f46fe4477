package dev.weir.hub;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that tests need and a bare machine may lack: their tests skip there, and fail where they are required. */
final class Tools {
    private Tools() {}

    static Path require(String program) {
        Path path = Path.of("/usr/bin", program);
        if (!Files.isExecutable(path)) {
            if ("true".equals(System.getenv("WEIR_REQUIRE_TOOLS"))) {
                fail(path + " is required here");
            }
            assumeTrue(false, path + " is not installed: this story is skipped");
        }
        return path;
    }
}
