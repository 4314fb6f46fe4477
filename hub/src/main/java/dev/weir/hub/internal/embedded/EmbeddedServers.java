package dev.weir.hub.internal.embedded;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers does this process bring along, and where do they listen? Started side by side, stopped in reverse; one
 * process at a time per data folder.
 */
public final class EmbeddedServers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServers.class);

    private final FileChannel lockFile;
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private EmbeddedServers(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /** Ends servers that a killed process left behind on {@code data}; refused while another Weir runs there. */
    public static void endOrphans(Path data) throws java.io.IOException {
        lock(data).close();
        Orphans.end(data.resolve("postgres").resolve("postmaster.pid"), "postgres");
        Orphans.end(data.resolve("redis").resolve("redis.pid"), "redis");
    }

    private static FileChannel lock(Path data) throws java.io.IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("weir.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IllegalStateException(
                    "data: " + data + " is in use by another Weir (expected: a folder of its own)");
        }
        return channel;
    }

    /** Starts those of postgres, redis and kafka that {@code wanted} names, with their data below {@code data}. */
    public static EmbeddedServers start(Path data, List<String> wanted) throws Exception {
        Files.createDirectories(data);
        EmbeddedServers servers = new EmbeddedServers(lock(data));
        try {
            servers.startAll(data, wanted);
        } catch (Exception e) {
            servers.close();
            throw e;
        }
        return servers;
    }

    private void startAll(Path data, List<String> wanted) throws Exception {
        try (ExecutorService starters = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("embedded-", 0).factory())) {
            List<Future<Void>> starts = new ArrayList<>();
            if (wanted.contains("kafka")) {
                starts.add(starters.submit(() -> kafka(data)));
            }
            if (wanted.contains("postgres")) {
                starts.add(starters.submit(() -> postgres(data)));
            }
            if (wanted.contains("redis")) {
                starts.add(starters.submit(() -> redis(data)));
            }
            for (Future<Void> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private @Nullable Void kafka(Path data) throws Exception {
        KafkaBroker kafka = keep(() -> new KafkaBroker(data));
        property("weir.kafka", kafka.bootstrapServers());
        return null;
    }

    private @Nullable Void postgres(Path data) throws Exception {
        PostgresServer postgres = keep(() -> new PostgresServer(data));
        property("spring.datasource.url", postgres.jdbcUrl());
        property("spring.datasource.username", "postgres");
        property("spring.datasource.password", "postgres");
        return null;
    }

    private @Nullable Void redis(Path data) throws Exception {
        RedisServerProcess redis = keep(() -> new RedisServerProcess(data));
        property("weir.redis", redis.uri());
        return null;
    }

    private <T extends AutoCloseable> T keep(Callable<T> start) throws Exception {
        T server = start.call();
        synchronized (running) {
            running.add(server);
        }
        return server;
    }

    private void property(String name, String value) {
        synchronized (properties) {
            properties.put(name, value);
        }
    }

    /** Where the started servers listen, as application properties. */
    public Map<String, Object> properties() {
        synchronized (properties) {
            return Map.copyOf(properties);
        }
    }

    @Override
    public void close() {
        synchronized (running) {
            for (AutoCloseable server : running.reversed()) {
                try {
                    server.close();
                } catch (Exception e) {
                    LOG.warn("{} did not stop cleanly", server.getClass().getSimpleName(), e);
                }
            }
            running.clear();
        }
        try {
            lockFile.close();
        } catch (java.io.IOException e) {
            LOG.debug("The data folder's lock was gone already", e);
        }
    }
}
