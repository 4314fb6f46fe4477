package dev.weir.hub.internal.connections;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.connectors.Channel;
import dev.weir.connectors.Connection;
import dev.weir.hub.internal.security.SecretBox;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Hubs over one real PostgreSQL, before one fake platform, with a clock that tests move. */
final class Hubs implements AutoCloseable {
    static final Duration NOTICE = Duration.ofDays(14);
    private static final EmbeddedPostgres POSTGRES = postgres();
    private static final SecretBox BOX = new SecretBox(new byte[32]);

    static {
        Flyway.configure()
                .dataSource(POSTGRES.getPostgresDatabase())
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private final MovedClock clock = new MovedClock();
    final FakePlatform platform = new FakePlatform(clock::instant);
    private final FakeChannel channel;
    private final List<Hub> open = new ArrayList<>();

    Hubs() {
        this(false);
    }

    Hubs(boolean wantsLocation) {
        channel = new FakeChannel(platform, wantsLocation);
    }

    /** One hub's parts. */
    record Hub(
            HikariDataSource database,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Map<String, Channel> channels,
            ConnectionStore connections,
            TokenKeeper keeper,
            Consents consents) {}

    Hub hub(String name) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(POSTGRES.getJdbcUrl("postgres", "postgres"));
        config.setUsername("postgres");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.addDataSourceProperty("ApplicationName", name);
        HikariDataSource database = new HikariDataSource(config);
        JdbcClient jdbc = JdbcClient.create(database);
        PlatformTransactionManager transactions = new JdbcTransactionManager(database);
        ConnectionStore connections = new ConnectionStore(jdbc, new TransactionTemplate(transactions), BOX);
        Map<String, Channel> channels = Map.of(FakeChannel.NAME, channel);
        TokenKeeper keeper = new TokenKeeper(channels, connections, jdbc, transactions, BOX, NOTICE, clock);
        Consents consents = new Consents(
                channels,
                connections,
                keeper,
                new OutgoingAddresses(true),
                jdbc,
                () -> URI.create("https://hub.example"),
                clock);
        Hub hub = new Hub(database, jdbc, transactions, channels, connections, keeper, consents);
        open.add(hub);
        return hub;
    }

    /** Ends what the hub of that name has open at the database, as its end would. */
    void kill(String name) {
        JdbcClient.create(POSTGRES.getPostgresDatabase())
                .sql("select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?")
                .param(name)
                .query(Boolean.class)
                .list();
    }

    FakeChannel channel() {
        return channel;
    }

    Instant now() {
        return clock.instant();
    }

    void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    /** A connection that was let in, stored. */
    static Connection connected(Hub hub, FakePlatform platform) {
        Map<String, String> settings = new LinkedHashMap<>(platform.settings());
        settings.put("shop", "kiln.example");
        settings.put("clientSecret", "client-secret-1");
        settings.put("location", "7");
        Connection connection = new Connection(UUID.randomUUID(), "kiln", FakeChannel.NAME, "Kiln", settings);
        hub.connections().save(connection);
        hub.keeper().tend();
        return connection;
    }

    @Override
    public void close() {
        JdbcClient.create(POSTGRES.getPostgresDatabase())
                .sql("delete from connection")
                .update();
        for (Hub hub : open) {
            hub.keeper().close();
            hub.database().close();
        }
    }

    private static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class MovedClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T18:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
