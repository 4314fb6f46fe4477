package dev.weir.simulcast.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Which programs are on this machine, and how are they run and removed again? */
public final class Tools {

    private static final String[] FOLDERS = {"/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"};

    private Tools() {}

    /** Where the program is; empty when it is not installed. */
    public static Optional<Path> find(String program) {
        return Arrays.stream(FOLDERS)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the calling test when {@code present} is false, or fails it where WEIR_REQUIRE_TOOLS is true. */
    public static void require(boolean present, String what) {
        if (!present && "true".equals(System.getenv("WEIR_REQUIRE_TOOLS"))) {
            throw new AssertionError(what + ": absent (expected: installed, because WEIR_REQUIRE_TOOLS is true)");
        }
        Assumptions.assumeTrue(present, what + " is not installed");
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("port: none free (expected: one)", e);
        }
    }

    /** Ends the process, by force when it does not go within 2 s. */
    public static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes the folder and what is in it. */
    public static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new IllegalStateException("folder: %s (expected: one that can be deleted)".formatted(folder), e);
        }
    }
}
