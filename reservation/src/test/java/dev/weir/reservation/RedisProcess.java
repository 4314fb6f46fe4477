package dev.weir.reservation;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A Redis of any version in a process and a folder of its own, to be killed at will. */
final class RedisProcess implements AutoCloseable {
    /** The bus of a cluster listens 10,000 above. */
    private static final int HIGHEST = 55_000;

    final int port;
    private final Process process;
    private RedisClient client;
    private RedisCommands<String, String> commands;

    private RedisProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** The program that comes with the tests, 6.2. */
    static Path embedded() throws IOException {
        File folder = Files.createTempDirectory("redis-program").toFile();
        return ExecutableProvider.newJarResourceProvider(folder).get().toPath();
    }

    static RedisProcess start(Path program, String... settings) throws IOException {
        int port = freePort();
        return start(program, port, List.of(settings), "--port", String.valueOf(port));
    }

    static RedisProcess startWithTls(Path program, String... settings) throws IOException {
        int port = freePort();
        return start(program, port, List.of(settings), "--port", "0", "--tls-port", String.valueOf(port));
    }

    private static RedisProcess start(Path program, int port, List<String> settings, String... ports)
            throws IOException {
        Path folder = Files.createTempDirectory("redis");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--dir", folder.toString()));
        command.addAll(List.of(ports));
        command.addAll(settings);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> listens(port));
        return new RedisProcess(port, process);
    }

    RedisCommands<String, String> commands() {
        if (commands == null) {
            client = RedisClient.create(RedisURI.create("redis://127.0.0.1:" + port));
            commands = client.connect().sync();
        }
        return commands;
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown();
        }
        process.destroyForcibly().onExit().join();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            int port = Servers.freePort();
            int candidate = port > HIGHEST ? port - 20_000 : port;
            try (ServerSocket own = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress());
                    ServerSocket bus = new ServerSocket(candidate + 10_000, 1, InetAddress.getLoopbackAddress())) {
                if (bus.isBound()) {
                    return own.getLocalPort();
                }
            } catch (IOException e) {
                continue;
            }
        }
    }
}
