package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built hub as a user has it: a process of its own, reached over its ports alone. */
final class DemoProcess implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path data;
    private final Process process;
    private final JsonNode facts;
    private final EventWitness witness = new EventWitness();

    private DemoProcess(Path data, Process process, JsonNode facts) {
        this.data = data;
        this.process = process;
        this.facts = facts;
    }

    record Answer(int status, String contentType, String location, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + text, e);
            }
        }
    }

    static DemoProcess start(Path data, String... options) throws IOException {
        return start(data, Map.of(), options);
    }

    /** The same with settings that an operator would have in a file. */
    static DemoProcess start(Path data, Map<String, String> settings, String... options) throws IOException {
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("demo.json"));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseParallelGC",
                "-Xmx768m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true"));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.hub.Weir",
                "demo",
                "--data",
                data.toString(),
                "--port",
                "0",
                "--rtmp-port",
                "0",
                "--webrtc-port",
                "0",
                "--sandbox-port",
                "0"));
        command.addAll(List.of(options));
        Path log = data.resolve("demo.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Path facts = data.resolve("demo.json");
        await().atMost(Duration.ofSeconds(120)).until(() -> Files.exists(facts) || !process.isAlive());
        assertThat(facts).as("demo did not start: %s", Files.readString(log)).exists();
        DemoProcess demo = new DemoProcess(data, process, JSON.readTree(Files.readString(facts)));
        demo.tellWitness();
        return demo;
    }

    /** Whatever a story does, the events of it are to be what their schemas say. */
    private void tellWitness() {
        Answer entered = post(
                "/api/webhook-endpoints",
                "operator",
                "{\"name\":\"Witness\",\"url\":\"%s\",\"types\":[\"*\"]}".formatted(witness.url()));
        assertThat(entered.status()).as(entered.text()).isEqualTo(201);
        witness.knows(entered.json().path("secret").asText());
    }

    /** What the brand's own system was told of so far. */
    EventWitness witness() {
        return witness;
    }

    JsonNode facts() {
        return facts;
    }

    String key(String role) {
        return facts.path("apiKeys").path(role).asText();
    }

    String showId() {
        return facts.path("showId").asText();
    }

    URI base() {
        return URI.create(facts.path("baseUrl").asText());
    }

    URI sandbox(String path) {
        return URI.create(facts.path("sandboxUrl").asText() + path);
    }

    /** The hub's own database, past every view of it. */
    Connection database() throws IOException, SQLException {
        String port = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"))
                .get(3)
                .strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
    }

    String log() throws IOException {
        return Files.readString(data.resolve("demo.log"));
    }

    Answer get(String path, String role) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base().resolve(path));
        if (!role.isEmpty()) {
            request.header("Authorization", "Bearer " + key(role));
        }
        return send(request.GET().build());
    }

    Answer get(URI uri) {
        return send(HttpRequest.newBuilder(uri).GET().build());
    }

    Answer post(String path, String role, String body, String... headers) {
        return post(
                base().resolve(path),
                role.isEmpty() ? null : key(role),
                body.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    Answer post(URI uri, String key, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        boolean typed = false;
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
            typed |= headers[i].equalsIgnoreCase("Content-Type");
        }
        if (!typed) {
            request.header("Content-Type", "application/json");
        }
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return send(request.build());
    }

    Answer put(String path, String role, String body) {
        return send(HttpRequest.newBuilder(base().resolve(path))
                .header("Authorization", "Bearer " + key(role))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Answer delete(String path, String role) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base().resolve(path)).DELETE();
        if (!role.isEmpty()) {
            request.header("Authorization", "Bearer " + key(role));
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (IOException e) {
            return new Answer(0, "", "", String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * What the log says of the platform's own delivery about an order, newest first; empty when there is none. A backend to which
     * the order was handed over tells of it too, so its number alone does not name one.
     */
    JsonNode delivery(String channel, String order) {
        for (JsonNode one : get("/api/webhooks?q=" + order, "ops").json().path("items")) {
            if (one.path("channel").asText().equals(channel)) {
                return one;
            }
        }
        return JSON.createObjectNode();
    }

    int available(String sku) {
        return get("/api/stock/" + sku, "operator").json().path("available").asInt(-1);
    }

    int sandboxStock(String channel, String sku) {
        return get(sandbox("/sandbox/" + channel + "/stock")).json().path(sku).asInt(-1);
    }

    Answer hold(String sku, int quantity, String key) {
        return post(
                "/api/holds",
                "",
                "{\"showId\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"quantity\":%d}]}".formatted(showId(), sku, quantity),
                "Idempotency-Key",
                key);
    }

    Answer checkout(String holdToken) {
        return post("/api/checkouts", "", """
                {"holdToken":"%s","email":"buyer@example.com","shipping":{"name":"A Buyer","line1":"Kiln Lane 1",\
                "city":"Berlin","postalCode":"10115","country":"DE"}}""".formatted(holdToken));
    }

    Answer confirm(JsonNode checkout, String card) {
        return post(checkout.path("confirmUrl").asText(), "", """
                {"clientSecret":"%s","paymentMethod":{"card":{"number":"%s","expMonth":"12","expYear":"2030","cvc":"123"}}}""".formatted(
                        checkout.path("clientSecret").asText(), card));
    }

    /** Kills at once, as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS))
                    .as("stops cleanly")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        witness.close();
    }
}
