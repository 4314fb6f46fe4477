package dev.weir.hub.internal.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What did a killed process leave running on our data? Ends a server that a pid file names, if it is still that server. */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration GRACE = Duration.ofSeconds(8);

    private Orphans() {}

    /** Ends the process in {@code pidFile}'s first line when its command holds {@code name}, and removes the file. */
    static void end(Path pidFile, String name) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (!lines.isEmpty() && lines.getFirst().strip().matches("\\d{1,9}")) {
            ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(process -> process.info().command().orElse("").contains(name))
                    .ifPresent(process -> end(process, name));
        }
        Files.deleteIfExists(pidFile);
    }

    private static void end(ProcessHandle process, String name) {
        LOG.warn("Ending {} {} that an earlier run left behind", name, process.pid());
        process.destroy();
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot await the end of " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
