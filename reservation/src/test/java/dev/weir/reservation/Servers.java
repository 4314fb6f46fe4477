package dev.weir.reservation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import redis.embedded.RedisServer;

/** The real servers, one of each for all tests of this run. */
public final class Servers {
    private static final EmbeddedPostgres POSTGRES = startPostgres();
    private static final HikariDataSource DATABASE = pool(POSTGRES.getJdbcUrl("postgres", "postgres"));

    static {
        Flyway.configure().dataSource(DATABASE).load().migrate();
    }

    private Servers() {}

    public static DataSource database() {
        return DATABASE;
    }

    /** Another database beside that, prepared and empty: for tests whose brands would be in others' way. */
    static HikariDataSource anotherDatabase(String name) {
        new JdbcTemplate(DATABASE).execute("create database " + name);
        HikariDataSource another = pool(POSTGRES.getJdbcUrl("postgres", name));
        Flyway.configure().dataSource(another).load().migrate();
        return another;
    }

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    static EmbeddedPostgres startPostgres() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisServer startRedis(int port) {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void stop(RedisServer server) {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one Redis of all tests that neither stop nor empty it. */
    static RedisAddress redis() {
        return redis(SharedRedis.PORT);
    }

    private static final class SharedRedis {
        static final int PORT = freePort();

        static {
            RedisServer server = startRedis(PORT);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        }
    }

    static RedisAddress redis(int port) {
        return RedisAddress.parse("redis://127.0.0.1:" + port);
    }

    static RedisClient client(int port) {
        return RedisClient.create("redis://127.0.0.1:" + port);
    }
}
