package dev.weir.hub.internal.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.RedisServer;

/** Redis 6.2 with an append-only file under the data folder. */
final class RedisServerProcess implements AutoCloseable {
    private final RedisServer redis;
    private final int port;

    RedisServerProcess(Path data) throws IOException {
        Path folder = data.resolve("redis").toAbsolutePath();
        Files.createDirectories(folder);
        Path pidFile = folder.resolve("redis.pid");
        Orphans.end(pidFile, "redis");
        port = freePort();
        redis = RedisServer.newRedisServer()
                .port(port)
                .setting("bind 127.0.0.1")
                .setting("dir " + folder)
                .setting("pidfile " + pidFile)
                .setting("appendonly yes")
                .setting("maxmemory 256mb")
                .setting("save \"\"")
                .build();
        redis.start();
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        redis.stop();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
