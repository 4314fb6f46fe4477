package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One order of a social shop is found by its id, from the platform's delivery to the backend's answer: as a trace, and in the log. */
class TraceStoryTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> WAY = List.of(
            "webhook tiktok-shop",
            "route webhook-intake",
            "delivery tiktok-shop",
            "order taken in",
            "route order-push",
            "order push");

    @TempDir
    static Path data;

    private static FakeCollector collector;
    private static DemoProcess demo;
    private static String order;
    private static FakeCollector.Span call;

    @BeforeAll
    static void sellOne() throws IOException {
        collector = new FakeCollector();
        demo = DemoProcess.start(
                data,
                Map.of(
                        "weir.tracing.endpoint",
                        collector.endpoint(),
                        "weir.log",
                        "ecs",
                        "logging.level.dev.weir.way",
                        "info"),
                "--no-host");
        demo.post(
                demo.sandbox("/sandbox/tiktok-shop/orders"),
                null,
                "{\"sku\":\"POT-CLAY\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8));
        await().atMost(LONGEST).until(() -> !orders().isEmpty());
        order = orders().path(0).path("id").asText();
        await().atMost(LONGEST).until(() -> collector.spans().stream().anyMatch(TraceStoryTest::isHandOver));
        call = collector.spans().stream()
                .filter(TraceStoryTest::isHandOver)
                .findFirst()
                .orElseThrow();
        await().atMost(LONGEST)
                .until(() -> ofTheTrace().stream()
                        .map(FakeCollector.Span::name)
                        .toList()
                        .containsAll(WAY));
    }

    @AfterAll
    static void stop() throws IOException {
        demo.close();
        collector.close();
    }

    @Test
    void eachStep_isInOneTrace_andAllThatKnowTheOrderCarryItsId() {
        Map<String, List<FakeCollector.Span>> byName =
                ofTheTrace().stream().collect(Collectors.groupingBy(FakeCollector.Span::name));

        assertThat(byName).containsKeys(WAY.toArray(String[]::new));
        for (String step : WAY.subList(2, WAY.size())) {
            assertThat(byName.get(step)).as(step).anyMatch(span -> span.order().equals(order));
        }
        assertThat(byName.get("webhook tiktok-shop").getFirst().attributes())
                .containsKeys("weir.connection", "weir.delivery", "weir.shopOrder");
        assertThat(call.attributes()).containsEntry("http.response.status_code", "200");
    }

    @Test
    void callAtTheBackend_leadsBackToTheDelivery_spanBySpan() {
        Map<String, FakeCollector.Span> byId =
                ofTheTrace().stream().collect(Collectors.toMap(FakeCollector.Span::id, Function.identity()));
        Map<Integer, String> names = new HashMap<>();
        for (FakeCollector.Span at = call; at != null; at = byId.get(at.parent())) {
            names.put(names.size(), at.name());
        }

        assertThat(names.values()).endsWith("delivery tiktok-shop", "webhook tiktok-shop");
        assertThat(names.values()).contains("order push", "route order-push", "order taken in");
    }

    @Test
    void noSpan_tellsOfABuyerOrASecret() {
        assertThat(collector.spans())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.attributes().values())
                        .noneMatch(value -> value.contains("@") || value.contains("token")));
    }

    @Test
    void eachStep_isALineOfTheLog_foundByTheOrdersId() throws IOException {
        await().atMost(LONGEST).until(() -> linesOfTheOrder().stream()
                .anyMatch(line -> line.path("message").asText().startsWith("Order is at ")));
        assertThat(linesOfTheOrder())
                .extracting(line -> line.path("message").asText())
                .anyMatch(text -> text.startsWith("Delivery of tiktok-shop PROCESSED"))
                .contains("Order is to be handed over");
        assertThat(demo.log().lines().filter(line -> line.startsWith("{")))
                .isNotEmpty()
                .noneMatch(line -> line.contains(demo.key("operator")));
    }

    private static boolean isHandOver(FakeCollector.Span span) {
        return span.name().startsWith("shopify ") && span.order().equals(order);
    }

    private static List<FakeCollector.Span> ofTheTrace() {
        return collector.spans().stream()
                .filter(span -> span.traceId().equals(call.traceId()))
                .toList();
    }

    private static List<JsonNode> linesOfTheOrder() throws IOException {
        return demo.log()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(TraceStoryTest::json)
                .filter(line -> line.path("order").asText().equals(order))
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return DemoProcess.JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + line, e);
        }
    }

    private static JsonNode orders() {
        return demo.get("/api/orders?channel=tiktok-shop", "operator").json().path("items");
    }
}
