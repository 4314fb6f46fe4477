package dev.weir.hub.internal.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What did a killed process leave running on our data? Ends a server that a pid file names, if it is still that server. */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

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
        interrupt(process);
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new IllegalStateException(name + " " + process.pid() + " of an earlier run cannot be ended");
            }
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown and Redis's clean one; on SIGTERM PostgreSQL would wait for its clients. */
    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(ProcessHandle process) {
        long until = System.nanoTime() + GRACE.toNanos();
        while (runs(process) && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return !runs(process);
    }

    /** A process that ended but whose parent never asked is a zombie: it holds no file and no port, yet counts as alive. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
