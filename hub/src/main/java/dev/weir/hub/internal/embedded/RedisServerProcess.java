package dev.weir.hub.internal.embedded;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis 6.2 with an append-only file under the data folder. Only the library's program is used: its own runner would stop
 * Redis in a shutdown hook, before the application is through with it.
 */
final class RedisServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private static final String BUSY = "error: 26 ";
    private static final int MOST_STARTS = 100;

    private final Process process;
    private final int port;

    RedisServerProcess(Path data) throws IOException {
        Path folder = data.resolve("redis").toAbsolutePath();
        Path programs = folder.resolve("bin");
        Files.createDirectories(programs);
        Path pidFile = folder.resolve("redis.pid");
        Orphans.end(pidFile, "redis");
        File program =
                ExecutableProvider.newJarResourceProvider(programs.toFile()).get();
        port = freePort();
        process = start(new ProcessBuilder(arguments(program, folder, pidFile))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(folder.resolve("redis.log").toFile())));
        awaitListening(folder);
    }

    /**
     * The program has just been written, and a server that is started beside us may for a moment have inherited the file
     * open for writing; Linux then refuses to run it (ETXTBSY). It is over as soon as that server runs.
     */
    private static Process start(ProcessBuilder builder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (attempt == MOST_STARTS || !String.valueOf(e.getMessage()).contains(BUSY)) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private List<String> arguments(File program, Path folder, Path pidFile) {
        return List.of(
                program.getAbsolutePath(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--pidfile",
                pidFile.toString(),
                "--appendonly",
                "yes",
                "--save",
                "",
                "--maxmemory",
                "256mb",
                "--maxmemory-policy",
                "noeviction");
    }

    private void awaitListening(Path folder) throws IOException {
        long until = System.nanoTime() + START.toNanos();
        while (!listening()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                process.destroyForcibly();
                throw new IOException("Redis did not start; see " + folder.resolve("redis.log"));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean listening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
