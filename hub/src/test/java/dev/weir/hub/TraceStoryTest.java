package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One order is found by its id, from the delivery that tells of it to the answer of the backend: as a trace, and in the log. */
class TraceStoryTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final List<String> PAID_WAY =
            List.of("webhook stripe", "route webhook-intake", "delivery stripe", "route order-push", "order push");
    private static final List<String> SHOP_WAY = List.of(
            "webhook tiktok-shop",
            "route webhook-intake",
            "delivery tiktok-shop",
            "order taken in",
            "route order-push");

    @TempDir
    static Path data;

    private static FakeCollector collector;
    private static DemoProcess demo;

    @BeforeAll
    static void start() throws IOException {
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
    }

    @AfterAll
    static void stop() throws IOException {
        if (demo != null) {
            demo.close();
        }
        collector.close();
    }

    @Test
    void paidOrder_isOneTrace_fromThePaymentsWebhookToTheBackendsAnswer_andIsInTheLog() throws IOException {
        List<String> before = orders("PLAYER");
        JsonNode hold = demo.hold("POT-CLAY", 1, UUID.randomUUID().toString()).json();
        demo.confirm(demo.checkout(hold.path("token").asText()).json(), "4242424242424242");
        String order = newOrder("PLAYER", before);
        FakeCollector.Span call = told(span ->
                span.name().equals("shopify OrderCreate") && span.order().equals(order));
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(namesIn(call.traceId())).containsAll(PAID_WAY));

        for (String step : PAID_WAY.subList(2, PAID_WAY.size())) {
            assertThat(inTrace(call.traceId()))
                    .as(step)
                    .anyMatch(span -> span.name().equals(step) && span.order().equals(order));
        }
        assertThat(call.attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("weir.show", demo.showId())
                .containsKeys("weir.connection", "server.address");
        assertThat(wayTo(call))
                .containsSubsequence(
                        "webhook stripe", "delivery stripe", "route order-push", "order push", "shopify OrderCreate");
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(linesOf(order))
                        .anyMatch(text -> text.startsWith("Delivery of stripe PROCESSED"))
                        .contains("Order is to be handed over")
                        .anyMatch(text -> text.startsWith("Order is at ")));
    }

    @Test
    void orderOfASocialShop_isFoundByItsId_withTheQuestionThatWasAskedOfThePlatform() {
        List<String> before = orders("tiktok-shop");
        demo.post(
                demo.sandbox("/sandbox/tiktok-shop/orders"),
                null,
                "{\"sku\":\"POT-CLAY\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8));
        String order = newOrder("tiktok-shop", before);
        FakeCollector.Span taken = told(
                span -> span.name().equals("order taken in") && span.order().equals(order));
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(namesIn(taken.traceId())).containsAll(SHOP_WAY));

        assertThat(inTrace(taken.traceId()))
                .anyMatch(span -> span.name().startsWith("tiktok-shop ")
                        && span.attributes().containsKey("http.response.status_code"))
                .anyMatch(span ->
                        span.name().equals("route order-push") && span.order().equals(order))
                .filteredOn(span -> span.name().equals("webhook tiktok-shop"))
                .allSatisfy(span -> assertThat(span.attributes())
                        .containsKeys("weir.connection", "weir.delivery", "weir.shopOrder"));
        assertThat(wayTo(taken)).containsExactly("webhook tiktok-shop", "delivery tiktok-shop", "order taken in");
    }

    @Test
    void noSpanAndNoLine_tellsOfABuyerOrASecret() throws IOException {
        JsonNode hold = demo.hold("BOWL-INK", 1, UUID.randomUUID().toString()).json();
        demo.confirm(demo.checkout(hold.path("token").asText()).json(), "4242424242424242");
        told(span -> span.name().equals("shopify OrderCreate"));

        assertThat(collector.spans())
                .allSatisfy(span -> assertThat(span.attributes().values())
                        .noneMatch(value -> value.contains("@") || value.contains("token")));
        assertThat(lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.toString())
                        .doesNotContain(
                                demo.key("operator"),
                                "buyer@example.com",
                                hold.path("token").asText()));
    }

    /** Spans come every few seconds. */
    private static FakeCollector.Span told(Predicate<FakeCollector.Span> wanted) {
        await().atMost(LONGEST).until(() -> collector.spans().stream().anyMatch(wanted));
        return collector.spans().stream().filter(wanted).findFirst().orElseThrow();
    }

    private static List<FakeCollector.Span> inTrace(String trace) {
        return collector.spans().stream()
                .filter(span -> span.traceId().equals(trace))
                .toList();
    }

    private static List<String> namesIn(String trace) {
        return inTrace(trace).stream().map(FakeCollector.Span::name).toList();
    }

    /** From the beginning of its trace to {@code last}, by parents. */
    private static List<String> wayTo(FakeCollector.Span last) {
        Map<String, FakeCollector.Span> byId =
                inTrace(last.traceId()).stream().collect(Collectors.toMap(FakeCollector.Span::id, Function.identity()));
        List<String> names = new ArrayList<>();
        for (FakeCollector.Span at = last; at != null; at = byId.get(at.parent())) {
            names.addFirst(at.name());
        }
        return names;
    }

    private static String newOrder(String channel, List<String> before) {
        return await().atMost(LONGEST)
                .until(
                        () -> orders(channel).stream()
                                .filter(id -> !before.contains(id))
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    private static List<String> orders(String channel) {
        return demo.get("/api/orders?channel=" + channel, "operator")
                .json()
                .path("items")
                .valueStream()
                .map(order -> order.path("id").asText())
                .toList();
    }

    private static List<String> linesOf(String order) throws IOException {
        return lines().stream()
                .filter(line -> line.path("order").asText().equals(order))
                .map(line -> line.path("message").asText())
                .toList();
    }

    private static List<JsonNode> lines() throws IOException {
        return demo.log()
                .lines()
                .filter(line -> line.startsWith("{") && line.endsWith("}"))
                .map(TraceStoryTest::json)
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return DemoProcess.JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + line, e);
        }
    }
}
