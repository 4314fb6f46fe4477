package dev.weir.bench.fire;

import dev.weir.bench.rig.Ports;
import dev.weir.bench.rig.PostgresServer;
import dev.weir.bench.rig.RedisPair;
import dev.weir.bench.rig.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** Everything that burns: PostgreSQL, Redis with its replica, and the hubs, each a process. Faults may strike at once. */
final class FireRig implements AutoCloseable {
    private static final String EMPTY = "do $$ declare t text; begin for t in select tablename from pg_tables"
            + " where schemaname = 'public' and tablename not like 'flyway%' loop"
            + " execute format('truncate table %I cascade', t); end loop; end $$";

    private final Path folder;
    private final PostgresServer postgres;
    private final RedisPair redis;
    private final List<Hub> hubs = new ArrayList<>();
    private final List<ReentrantLock> hubLocks = new ArrayList<>();
    private final ReentrantLock redisLock = new ReentrantLock();
    private final ReentrantLock postgresLock = new ReentrantLock();
    private final Caller caller = new Caller();

    private FireRig(Path folder, PostgresServer postgres, RedisPair redis) {
        this.folder = folder;
        this.postgres = postgres;
        this.redis = redis;
    }

    static FireRig start(Class<?> hubMain, FireSettings settings) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weir-fire");
        PostgresServer postgres = PostgresServer.start(folder);
        var rig = new FireRig(folder, postgres, RedisPair.start(folder));
        Flyway.configure()
                .dataSource("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres", "postgres", "")
                .load()
                .migrate();
        try (Connection connection = rig.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(WeirChannels.TABLE);
        } catch (SQLException e) {
            throw new IOException("table for orders: not created (expected: in an empty database)", e);
        }
        for (int i = 0; i < settings.hubs(); i++) {
            HubArgs args = new HubArgs(
                    Ports.free(), postgres.port(), rig.redis.port(), settings.holdMillis(), settings.payingMillis());
            rig.hubs.add(new Hub("hub-" + i, hubMain, args, folder.resolve("hub-" + i + ".log"), rig.caller));
            rig.hubLocks.add(new ReentrantLock());
        }
        rig.awaitReady();
        return rig;
    }

    Caller caller() {
        return caller;
    }

    int hubs() {
        return hubs.size();
    }

    int port(int hub) {
        return hubs.get(hub).port();
    }

    Connection connect() throws SQLException {
        return postgres.connect();
    }

    /** Nothing of an earlier run is left in either server. */
    void empty() throws SQLException, InterruptedException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // The journal refuses to be emptied; here nothing is in it.
            statement.execute("set session_replication_role = replica");
            statement.execute(EMPTY);
        }
        redis.flush();
    }

    /** Does it and, where it ends, ends it; waits while the same server is struck by another. */
    void strike(Fault fault) throws IOException, InterruptedException {
        ReentrantLock lock = lock(fault);
        lock.lock();
        try {
            strikeNow(fault);
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(Fault fault) {
        return switch (fault.kind()) {
            case HUB_KILL, HUB_PAUSE, HUB_CLOCK -> hubLocks.get(fault.hub());
            case REDIS_KILL, REDIS_PAUSE, REDIS_FLUSH, REDIS_FAILOVER -> redisLock;
            case POSTGRES_KILL, POSTGRES_PAUSE -> postgresLock;
        };
    }

    private void strikeNow(Fault fault) throws IOException, InterruptedException {
        Hub hub = hubs.get(fault.hub());
        switch (fault.kind()) {
            case HUB_KILL -> {
                hub.kill();
                Thread.sleep(fault.forMillis());
                hub.restart();
                hub.awaitReady();
            }
            case HUB_PAUSE -> pause(hub.pid(), fault);
            case HUB_CLOCK -> {
                hub.shiftClock(fault.forMillis());
                Thread.sleep(1_000);
                hub.shiftClock(0);
            }
            case REDIS_KILL -> {
                redis.kill();
                Thread.sleep(fault.forMillis());
                redis.restart();
            }
            case REDIS_PAUSE -> pause(redis.pid(), fault);
            case REDIS_FLUSH -> redis.flush();
            case REDIS_FAILOVER -> {
                redis.cutReplication();
                Thread.sleep(fault.forMillis());
                redis.failOver();
            }
            case POSTGRES_KILL -> {
                postgres.kill();
                Thread.sleep(fault.forMillis());
                postgres.restart();
            }
            case POSTGRES_PAUSE -> pause(postgres.pid(), fault);
        }
    }

    private static void pause(long pid, Fault fault) throws IOException, InterruptedException {
        Signals.pause(pid);
        try {
            Thread.sleep(fault.forMillis());
        } finally {
            Signals.resume(pid);
        }
    }

    /** Every hub answers and has the right time. */
    void awaitReady() throws IOException, InterruptedException {
        for (Hub hub : hubs) {
            hub.awaitReady();
            hub.shiftClock(0);
        }
    }

    @Override
    public void close() throws IOException {
        hubs.forEach(Hub::close);
        redis.close();
        postgres.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
