package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A system of the brand that is told of everything: holds each event against its schema in {@code docs/events}, and its signature
 * against the secret.
 */
final class EventWitness implements AutoCloseable {
    private static final Path FOLDER =
            Path.of("..", "docs", "events").toAbsolutePath().normalize();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile String secret = "";

    EventWitness() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** What signatures are held against from now on. */
    void knows(String entered) {
        secret = entered;
    }

    List<JsonNode> of(String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonNode event = DemoProcess.JSON.readTree(body);
            judge(exchange, event, body);
            events.add(event);
            exchange.sendResponseHeaders(204, -1);
        } finally {
            exchange.close();
        }
    }

    private void judge(HttpExchange exchange, JsonNode event, String body) {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String signed = id + "." + exchange.getRequestHeaders().getFirst("webhook-timestamp") + "." + body;
        if (!secret.isEmpty()
                && !List.of(exchange.getRequestHeaders()
                                .getFirst("webhook-signature")
                                .split(" "))
                        .contains("v1," + hmac(signed))) {
            faults.add("signature of " + id);
        }
        String type = event.path("type").asText();
        if (!Files.exists(file(type))) {
            faults.add(type + " has no schema");
            return;
        }
        JsonSchema schema = SCHEMAS.computeIfAbsent(
                type,
                name -> FACTORY.getSchema(SchemaLocation.of(file(name).toUri().toString()), STRICT));
        schema.validate(event).forEach(fault -> faults.add(type + ": " + fault.getMessage() + " in " + body));
        JsonNode described = schema.getSchemaNode().at("/properties/data/properties");
        event.path("data").fieldNames().forEachRemaining(name -> {
            if (!described.has(name)) {
                faults.add(type + ": data." + name + " is not described");
            }
        });
    }

    private String hmac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path file(String type) {
        return FOLDER.resolve(type + ".schema.json");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        assertThat(faults).as("events that are not as docs/events says").isEmpty();
    }
}
