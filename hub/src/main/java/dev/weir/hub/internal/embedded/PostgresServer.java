package dev.weir.hub.internal.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL 18 with its data under the data folder, at full durability: a 2xx means on disk. */
final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    PostgresServer(Path data) throws IOException {
        Path folder = data.resolve("postgres").toAbsolutePath();
        Files.createDirectories(folder);
        Orphans.end(folder.resolve("postmaster.pid"), "postgres");
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                // Its own hook would stop it before the application is through with it.
                .setRegisterShutdownHook(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "60")
                .setServerConfig("unix_socket_directories", "")
                .setPGStartupWait(Duration.ofSeconds(30))
                .start();
    }

    String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
