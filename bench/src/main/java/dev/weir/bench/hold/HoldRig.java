package dev.weir.bench.hold;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Money;
import dev.weir.connectors.Sku;
import dev.weir.reservation.Attribution;
import dev.weir.reservation.HoldRequest;
import dev.weir.reservation.RedisAddress;
import dev.weir.reservation.ReservationModule;
import dev.weir.reservation.ReservationSettings;
import dev.weir.routes.JdbcOutbox;
import io.lettuce.core.RedisURI;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import redis.embedded.RedisServer;

/**
 * What does the reservation layer do when nothing else runs beside it? It, with a PostgreSQL that syncs to disk before it
 * answers, a Redis, and the outbox; no HTTP and no Kafka. Thread-safe.
 */
public final class HoldRig implements AutoCloseable {

    /** The one brand. */
    public static final String BRAND = "house";

    private static final int CONNECTIONS = 24;

    private final EmbeddedPostgres postgres;
    private final RedisServer redis;
    private final int redisPort;
    private final HikariDataSource database;
    private final HeardOutbox outbox;
    private final ReservationModule module;
    private final UUID show = UUID.randomUUID();

    private HoldRig(EmbeddedPostgres postgres, RedisServer redis, int redisPort, Duration holdFor) {
        this.postgres = postgres;
        this.redis = redis;
        this.redisPort = redisPort;
        this.database = pool(postgres.getJdbcUrl("postgres", "postgres"));
        Flyway.configure().dataSource(database).load().migrate();
        this.outbox = new HeardOutbox(new JdbcOutbox(database, Clock.systemUTC()));
        this.module = ReservationModule.create(
                database,
                new DataSourceTransactionManager(database),
                new RedisAddress(List.of(redis()), false, null),
                "a secret of the benches, 32 byte".getBytes(StandardCharsets.UTF_8),
                outbox,
                Clock.systemUTC(),
                settings(holdFor));
    }

    /** Starts the servers; holds live ten minutes, so that none ends while something else is measured. */
    public static HoldRig start() throws IOException {
        return start(Duration.ofMinutes(10));
    }

    /** Starts the servers; holds live so long. */
    public static HoldRig start(Duration holdFor) throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
        int port = freePort();
        RedisServer redis = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        return new HoldRig(postgres, redis, port, holdFor);
    }

    private static ReservationSettings settings(Duration holdFor) {
        ReservationSettings standard = ReservationSettings.defaults();
        return new ReservationSettings(
                holdFor, standard.payingFor(), Duration.ofSeconds(2), Duration.ofSeconds(10), true);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(10_000);
        return new HikariDataSource(config);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The layer. */
    public ReservationModule module() {
        return module;
    }

    /** Has {@code listener} hear what is on disk in the outbox, at the moment that the relay to Kafka would be woken. */
    public void hear(Consumer<HeardOutbox.Heard> listener) {
        outbox.hear(listener);
    }

    /** Its database. */
    public HikariDataSource database() {
        return database;
    }

    /** Port of the database on loopback. */
    public int postgresPort() {
        return postgres.getPort();
    }

    /** Its Redis. */
    public RedisURI redis() {
        return RedisURI.create("redis://127.0.0.1:" + redisPort);
    }

    /** So many SKUs, named {@code name-0 ..}, with so many units each; known to Redis when this returns. */
    public List<Sku> stock(String name, int skus, int units) {
        List<Sku> stocked = new ArrayList<>();
        for (int i = 0; i < skus; i++) {
            Sku sku = new Sku(name + "-" + i);
            module.stock().setOnHand(BRAND, sku, units, "bench");
            stocked.add(sku);
        }
        if (!module.resync()) {
            throw new IllegalStateException("gate: closed (expected: open after a rebuild)");
        }
        return stocked;
    }

    /** A tap on one unit. */
    public HoldRequest tap(String key, Sku sku) {
        var attribution = new Attribution(
                Attribution.PLAYER,
                show,
                "host",
                null,
                61_000L,
                false,
                Map.of("utm_source", "mail"),
                Clock.systemUTC().instant(),
                "hold/1");
        var line = new HoldRequest.Line(sku, 1, Money.ofMinor(1290, "EUR"));
        return new HoldRequest(BRAND, show, key, key, List.of(line), attribution);
    }

    @Override
    public void close() throws IOException {
        module.close();
        database.close();
        redis.stop();
        postgres.close();
    }
}
