package dev.weir.bench.rig;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.embedded.core.ExecutableProvider;

/** A Redis and its replica behind one port; neither keeps anything on disk. For one thread at a time. */
public final class RedisPair implements AutoCloseable {
    private final File program;
    private final Path folder;
    private final RedisProxy proxy;
    private final int[] ports;
    private final Child[] servers = new Child[2];
    private int primary;

    private RedisPair(File program, Path folder, int[] ports, RedisProxy proxy) {
        this.program = program;
        this.folder = folder;
        this.ports = ports;
        this.proxy = proxy;
    }

    /** Two fresh ones below {@code folder}. */
    public static RedisPair start(Path folder) throws IOException, InterruptedException {
        int[] ports = {Ports.free(), Ports.free()};
        var pair = new RedisPair(
                ExecutableProvider.newJarResourceProvider().get(), folder, ports, RedisProxy.to(ports[0]));
        pair.launch(0);
        pair.launch(1);
        pair.follow();
        return pair;
    }

    /** Where hubs find it, whichever of the two it is. */
    public int port() {
        return proxy.port();
    }

    /** The process of the one that hubs find. */
    public long pid() {
        return servers[primary].pid();
    }

    /** Forgets everything. */
    public void flush() throws InterruptedException {
        tell(primary, RedisCommands::flushall);
    }

    /** A power cut; {@link #restart} brings an empty one back. */
    public void kill() throws InterruptedException {
        servers[primary].kill();
        servers[primary].close();
    }

    public void restart() throws IOException, InterruptedException {
        launch(primary);
    }

    /** Replication stops now; the replica keeps what it has. */
    public void cutReplication() throws InterruptedException {
        tell(1 - primary, RedisCommands::replicaofNoOne);
    }

    /** The replica takes over, as far behind as it is, and the old one follows it. */
    public void failOver() throws InterruptedException {
        primary = 1 - primary;
        proxy.pointTo(ports[primary]);
        follow();
    }

    private void follow() throws InterruptedException {
        tell(1 - primary, commands -> commands.replicaof("127.0.0.1", ports[primary]));
        tell(primary, commands -> {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!commands.info("replication").contains("state=online") && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        });
    }

    private void launch(int which) throws IOException, InterruptedException {
        servers[which] = Child.start(
                "redis-" + which,
                folder.resolve("redis.log"),
                List.of(
                        program.getPath(),
                        "--port",
                        Integer.toString(ports[which]),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--dbfilename",
                        "redis-" + which + ".rdb",
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--repl-diskless-sync",
                        "yes",
                        "--repl-diskless-sync-delay",
                        "0",
                        "--repl-ping-replica-period",
                        "1"));
        tell(which, RedisCommands::ping);
    }

    private void tell(int which, Consumer<RedisCommands<String, String>> what) throws InterruptedException {
        RedisURI uri = RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(ports[which])
                .withTimeout(Duration.ofSeconds(5))
                .build();
        RedisClient client = RedisClient.create(uri);
        try (StatefulRedisConnection<String, String> connection = connect(client)) {
            what.accept(connection.sync());
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static StatefulRedisConnection<String, String> connect(RedisClient client) throws InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                return client.connect();
            } catch (RuntimeException e) {
                Thread.sleep(20);
            }
        }
        return client.connect();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        for (Child server : servers) {
            server.close();
        }
    }
}
