package dev.weir.bench.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.bench.rig.Broker;
import dev.weir.bench.rig.Child;
import dev.weir.bench.rig.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;

/** What a hub needs and what it is measured against: a PostgreSQL that syncs to disk, a Kafka node, and the platforms beside. */
public final class Servers implements AutoCloseable {
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final Broker broker;
    private final Child platforms;
    private final JsonNode facts;

    private Servers(Path folder, EmbeddedPostgres postgres, Broker broker, Child platforms, JsonNode facts) {
        this.folder = folder;
        this.postgres = postgres;
        this.broker = broker;
        this.platforms = platforms;
        this.facts = facts;
    }

    /** Starts them; {@code options} are those of {@link Platforms}. */
    public static Servers start(String... options) throws Exception {
        Path folder = Files.createTempDirectory("weir-catalogue");
        Child platforms = Child.java(
                "platforms",
                folder.resolve("platforms.log"),
                List.of("-Xmx3g", "-XX:+UseParallelGC"),
                Platforms.class,
                List.of(options));
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
        Broker broker = new Broker(Files.createDirectory(folder.resolve("kafka")), Ports.free());
        JsonNode facts = ready(platforms);
        Files.writeString(folder.resolve("facts.json"), facts.toString());
        return new Servers(folder, postgres, broker, platforms, facts);
    }

    private static JsonNode ready(Child child) throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            for (String line : child.printed().split("\n")) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    return new ObjectMapper().readTree(line);
                }
            }
            if (!child.isAlive() || System.nanoTime() > until) {
                child.close();
                throw new IOException("platforms: not ready within 180 s: " + child.printed());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    String database() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    String kafka() {
        return broker.address();
    }

    JsonNode facts() {
        return facts;
    }

    /** Starts a hub that imports, with a heap of so many megabytes at most. */
    public Child importer(String name, int megabytes) throws IOException {
        return Child.java(
                name,
                folder.resolve(name + ".log"),
                List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC"),
                ImportMain.class,
                List.of("database=" + database(), "kafka=" + kafka(), "facts=" + folder.resolve("facts.json")));
    }

    /** The first row of {@code query}, all of its columns as numbers. */
    public long[] numbers(String query) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<Long> numbers = new ArrayList<>();
            if (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    numbers.add(rows.getLong(column));
                }
            }
            return numbers.stream().mapToLong(Long::longValue).toArray();
        }
    }

    @Override
    public void close() throws IOException {
        platforms.close();
        broker.close();
        postgres.close();
    }
}
