package dev.weir.bench.torture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.bench.rig.Child;
import dev.weir.bench.rig.Http;
import dev.weir.bench.rig.Ports;
import dev.weir.hub.Weir;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole hub as {@code ./weir run} starts it: a process that keeps its port and its data folder over its deaths. */
final class HubProcess implements AutoCloseable {
    private static final List<String> JVM = List.of(
            "-XX:+UseParallelGC",
            "-Xmx768m",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.awt.headless=true");
    private static final long PATIENCE_SECONDS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path folder;
    private final URI base;
    private volatile Child process;

    HubProcess(Path folder, int postgres, int redis, int kafka, boolean spool) throws IOException {
        this.folder = folder;
        int port = Ports.free();
        base = URI.create("http://127.0.0.1:" + port);
        Files.writeString(folder.resolve("hub.yaml"), """
                server.port: %d
                spring.datasource:
                  url: jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=2
                  username: postgres
                  password: ""
                weir:
                  data: %s
                  brand: house
                  public-url: %s
                  redis: redis://127.0.0.1:%d
                  kafka: 127.0.0.1:%d
                  rtmp: { host: 127.0.0.1, port: 0 }
                  simulcast.webrtc.port: 0
                  intake.spool: %s
                  allow-private-addresses: true
                """.formatted(
                        port, postgres, folder.resolve("hub"), base, redis, kafka, spool ? "256MB" : "0B"));
        process = launch();
    }

    private Child launch() throws IOException {
        return Child.java(
                "hub",
                folder.resolve("hub.log"),
                JVM,
                Weir.class,
                List.of("run", "--config", folder.resolve("hub.yaml").toString()));
    }

    /** Waits until it serves. */
    void awaitReady() throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path keys = folder.resolve("hub").resolve("first-keys.json");
        while (!Http.answers(base.resolve("/actuator/health")) || !Files.exists(keys) || Files.size(keys) == 0) {
            if (!process.isAlive() || System.nanoTime() > until) {
                String printed = process.printed();
                throw new IOException("hub: does not serve (expected: within %d s): %s"
                        .formatted(PATIENCE_SECONDS, printed.substring(Math.max(0, printed.length() - 4_000))));
            }
            Thread.sleep(100);
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.kill();
        process.close();
    }

    /** Comes back on its port and its data. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        awaitReady();
    }

    /** Where webhooks of {@code connection} go. */
    URI webhooks(String channel, String connection) {
        return base.resolve("/webhooks/" + channel + "/" + connection);
    }

    /** The answer to a call by {@code role}; throws when it is none of 2xx. */
    JsonNode post(String path, String role, ObjectNode body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + key(role))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private static JsonNode read(String text) throws IOException {
        return text.isEmpty() ? JSON.nullNode() : JSON.readTree(text);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s: %d %s (expected: 2xx)".formatted(request.uri(), answer.statusCode(), answer.body()));
        }
        return read(answer.body());
    }

    private String key(String role) throws IOException {
        return JSON.readTree(folder.resolve("hub").resolve("first-keys.json").toFile())
                .path(role)
                .asText();
    }

    @Override
    public void close() {
        process.close();
        client.shutdownNow();
    }
}
