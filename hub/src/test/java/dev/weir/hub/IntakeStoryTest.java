package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.http.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The marketplaces' door over HTTP: what Meta sends in bulk, and a database that stands still. */
class IntakeStoryTest {
    @TempDir
    static Path data;

    private static DemoProcess demo;
    private static URI address;
    private static String secret;

    @BeforeAll
    static void start() throws IOException {
        demo = DemoProcess.start(data, Map.of("weir.intake.spool", "8MB"), "--no-host");
        JsonNode meta = demo.facts().path("connections").path("instagram");
        address = URI.create(meta.path("webhookUrl").asText());
        secret = meta.path("webhookSecret").asText();
    }

    @AfterAll
    static void stop() throws IOException {
        demo.close();
    }

    @Test
    void thousandChangesInOneDelivery_areOneRowAndOneAnswer_alsoWithTextsThatTakeAMebibyte() {
        String body = delivery("bulk", 1_000, "\\u0645\\u0631\\u062d\\u0628\\u0627 ".repeat(40));
        assertThat(body.length()).isGreaterThan(1 << 20);
        long before = rows();
        DemoProcess.Answer answer = deliver(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(deliver(body).json().path("repeated").asBoolean()).isTrue();
        assertThat(rows()).isEqualTo(before + 1);
        assertThat(deliver(delivery("larger", 1_000, "x".repeat(4_300))).status())
                .isIn(413, 0);
        assertThat(rows()).isEqualTo(before + 1);
    }

    @Test
    void databaseThatStandsStill_costsNoDelivery_andAForgedOneIsStillRefused() throws Exception {
        deliver(delivery("before", 1, "hello"));
        long before = rows();
        List<ProcessHandle> postgres = postgres();
        postgres.forEach(process -> signal("STOP", process));
        try {
            DemoProcess.Answer answer = deliver(delivery("first", 1, "hello"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(deliver(delivery("second", 1, "hello")).status()).isEqualTo(200);
            assertThat(demo.post(
                                    address,
                                    null,
                                    "{}".getBytes(StandardCharsets.UTF_8),
                                    "X-Hub-Signature-256",
                                    "sha256=00")
                            .status())
                    .isEqualTo(401);
            try (Stream<Path> files = Files.list(data.resolve("spool/0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".spool")))
                        .isNotEmpty();
            }
        } finally {
            postgres.forEach(process -> signal("CONT", process));
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rows()).isEqualTo(before + 2));
        await().untilAsserted(() -> {
            try (Stream<Path> files = Files.list(data.resolve("spool/0"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".spool")))
                        .isEmpty();
            }
        });
    }

    private static List<ProcessHandle> postgres() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long rows() {
        return demo.get("/api/webhooks?limit=200", "ops")
                .json()
                .path("items")
                .valueStream()
                .filter(row -> row.path("channel").asText().equals("instagram"))
                .count();
    }

    private static DemoProcess.Answer deliver(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = Signatures.hex(Signatures.hmacSha256(secret, bytes));
        return demo.post(address, null, bytes, "X-Hub-Signature-256", "sha256=" + signature);
    }

    private static String delivery(String name, int changes, String text) {
        return IntStream.range(0, changes)
                .mapToObj(i -> """
                        {"field":"live_comments","value":{"from":{"id":"1","username":"ana"},"media":{"id":"2",\
                        "media_product_type":"LIVE"},"id":"%s-%d","text":"%s"}}""".formatted(name, i, text))
                .collect(Collectors.joining(
                        ",",
                        "{\"object\":\"instagram\",\"entry\":[{\"id\":\"17841400000000001\",\"time\":1795000000,\"changes\":[",
                        "]}]}"));
    }
}
