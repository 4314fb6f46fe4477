package dev.weir.bench.rig;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that syncs to disk before it answers, and that can be killed and started again on its data folder. */
public final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres first;
    private final Path data;
    private final Path log;
    private final List<String> command;
    private @Nullable Child second;

    private PostgresServer(EmbeddedPostgres first, Path data, Path log) throws IOException {
        this.first = first;
        this.data = data;
        this.log = log;
        this.command = command(pid());
    }

    /** A fresh one below {@code folder}, and any free port. */
    public static PostgresServer start(Path folder) throws IOException {
        Path data = folder.resolve("postgres");
        EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                // After a crash one call for the file system, instead of one for each of more than a thousand files.
                .setServerConfig("recovery_init_sync_method", "syncfs")
                .start();
        return new PostgresServer(first, data, folder.resolve("postgres.log"));
    }

    /** The running server's own command; as root it must be told that it is not. */
    private static List<String> command(long pid) throws IOException {
        Path process = Path.of("/proc/" + pid);
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(process.resolve("exe").toRealPath().toString());
        String[] arguments = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8)
                .split("\0");
        command.addAll(Arrays.asList(arguments).subList(1, arguments.length));
        return command;
    }

    /** The port, which it keeps over its deaths. */
    public int port() {
        return first.getPort();
    }

    /** Its postmaster. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    }

    /** A connection of the superuser. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?connectTimeout=2&socketTimeout=20",
                "postgres",
                "");
    }

    /** SIGKILL to all of its processes. */
    public void kill() throws IOException, InterruptedException {
        Signals.kill(pid());
    }

    /** After {@link #kill}; returns when it answers. */
    public void restart() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        second = Child.start("postgres", log, command);
        while (!answers()) {
            if (System.nanoTime() > until) {
                throw new IOException("postgres: no answer after 120 s: " + Files.readString(log));
            }
            if (!second.isAlive()) {
                // What is left of the one before may still hold its memory for a moment.
                second = Child.start("postgres", log, command);
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Child again = second;
        if (again == null) {
            first.close();
            return;
        }
        try {
            // The one that was killed would look for its own process, and wait.
            Signals.kill(pid());
            again.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
