package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the brand's own systems hear of a sale, and who may say which systems those are. */
@ExtendWith(SharedDemo.class)
class YourSystemsStoryTest {
    private static final String AT = "/api/webhook-endpoints";
    private static final String SKU = "PLATE-CLAY";
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void saleAtAShop_isToldToTheBrandsOwnSystem_signedAndInMinorUnits() {
        DemoProcess.Answer ordered = demo.post(
                demo.sandbox("/sandbox/tiktok-shop/orders"),
                null,
                "{\"sku\":\"%s\",\"quantity\":2}".formatted(SKU).getBytes(StandardCharsets.UTF_8));
        assertThat(ordered.status()).as(ordered.text()).isBetween(200, 299);

        String number = ordered.json().path("orderId").asText();
        JsonNode paid = told("order.paid", number);
        JsonNode data = paid.path("data");
        assertThat(data.path("channel").asText()).isEqualTo("tiktok-shop");
        assertThat(data.path("total").path("amountMinor").asLong()).isEqualTo(4_380);
        assertThat(paid.path("brand").asText()).isNotEmpty();
        String order = data.path("orderId").asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> demo.witness().of("journal.posted").stream()
                        .anyMatch(entry ->
                                entry.path("data").path("orderId").asText().equals(order)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> demo.witness().of("stock.changed").stream()
                        .anyMatch(level -> level.path("subject").asText().equals(SKU)));
        assertThat(demo.witness().events.toString()).doesNotContain("@example.com");
    }

    @Test
    void endpoint_isTheOperatorsAffair_itsSecretIsShownOnce_andOpsMayReplay() {
        EventWitness erp = new EventWitness();
        assertThat(demo.get(AT, "").status()).isEqualTo(401);
        assertThat(demo.get(AT, "finance").status()).isEqualTo(403);
        assertThat(demo.post(AT, "ops", "{}").status()).isEqualTo(403);
        DemoProcess.Answer wrong = demo.post(AT, "operator", "{\"name\":\"E\",\"url\":\"ftp://x/\",\"types\":[\"*\"]}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").path(0).path("field").asText()).isEqualTo("url");

        String body = "{\"name\":\"ERP\",\"url\":\"%s\",\"types\":[\"order.*\"]}".formatted(erp.url());
        DemoProcess.Answer made = demo.post(AT, "operator", body, "Idempotency-Key", "systems-1");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String one = AT + "/" + made.json().path("id").asText();
        erp.knows(made.json().path("secret").asText());
        assertThat(demo.post(AT, "operator", body, "Idempotency-Key", "systems-1")
                        .json()
                        .path("secret")
                        .isTextual())
                .isFalse();
        assertThat(demo.get(AT, "ops").text()).contains("ERP").doesNotContain("whsec_");

        JsonNode tested = demo.post(one + "/test", "operator", "{}").json();
        assertThat(tested.path("ok").asBoolean()).as(tested.toString()).isTrue();
        assertThat(erp.of("webhook.test")).hasSize(1);
        JsonNode rotated = demo.post(one + "/secret", "operator", "{}").json();
        assertThat(rotated.path("secret").asText()).startsWith("whsec_");
        assertThat(rotated.path("oldSecretUntil").asText()).isNotEmpty();
        assertThat(demo.post(one + "/secret", "ops", "{}").status()).isEqualTo(403);

        DemoProcess.Answer replay = demo.post(one + "/replay?since=2026-01-01T00:00:00Z", "ops", "{}");
        assertThat(replay.status()).as(replay.text()).isEqualTo(202);
        int queued = replay.json().path("queued").asInt();
        await().atMost(Duration.ofSeconds(60)).until(() -> erp.events.size() >= queued + 1);
        assertThat(demo.post(one + "/replay?since=soon", "ops", "{}").text())
                .contains("since: soon (expected: an instant");
        JsonNode delivery = demo.get(one + "/deliveries?limit=1", "ops")
                .json()
                .path("items")
                .path(0);
        assertThat(demo.get(one + "/deliveries/" + delivery.path("id").asLong() + "/attempts", "ops")
                        .json()
                        .path("items"))
                .isNotEmpty();

        assertThat(put(one, "{\"on\":false}").json().path("on").asBoolean(true)).isFalse();
        assertThat(demo.delete(one, "operator").status()).isEqualTo(204);
        assertThat(demo.get(one, "operator").status()).isEqualTo(404);
        erp.close();
    }

    private static JsonNode told(String type, String number) {
        await().atMost(Duration.ofSeconds(60)).until(() -> ofOrder(type, number).isPresent());
        return ofOrder(type, number).orElseThrow();
    }

    private static Optional<JsonNode> ofOrder(String type, String number) {
        return demo.witness().of(type).stream()
                .filter(event -> event.path("data").path("externalId").asText().equals(number))
                .findFirst();
    }

    private static DemoProcess.Answer put(String path, String body) {
        return demo.send(HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + demo.key("operator"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
