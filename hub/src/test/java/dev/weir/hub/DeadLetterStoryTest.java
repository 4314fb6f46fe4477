package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.connectors.http.Signatures;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A shop's order came without its lines: nobody but ops mends a copy of it, and it has its effect once. */
@ExtendWith(SharedDemo.class)
class DeadLetterStoryTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void deadOrder_isRefusedToOthers_andToACopyThatCannotBeRead_thenRepairedOnce() {
        String whole = orderNobodyHas();
        String dead = awaitDead(whole.replace("\"line_items\"", "\"lines\""));
        String repair = "/api/webhooks/" + dead + "/repair";

        assertThat(demo.post(repair, "", copy(whole, 0)).status()).isEqualTo(401);
        assertThat(demo.post(repair, "operator", copy(whole, 0)).status()).isEqualTo(403);
        assertThat(demo.post(repair, "ops", copy("{\"id\":", 0)).status()).isEqualTo(422);
        assertThat(demo.post(repair, "ops", copy(whole, 1)).status()).isEqualTo(409);
        String nobodys = "/api/webhooks/00000000-0000-4000-8000-000000000000/repair";
        assertThat(demo.post(nobodys, "ops", copy(whole, 0)).status()).isEqualTo(404);
        assertThat(state(dead)).as("nothing has changed").isEqualTo("DEAD");

        JsonNode trial = demo.post(repair + "/test", "ops", copy(whole, 0)).json();
        assertThat(trial.path("ok").asBoolean()).as(trial.toString()).isTrue();
        assertThat(state(dead)).as("a trial changes nothing").isEqualTo("DEAD");

        DemoProcess.Answer repaired = demo.post(repair, "ops", copy(whole, 0));
        assertThat(repaired.status()).as(repaired.text()).isEqualTo(202);
        assertThat(demo.post(repair, "ops", copy(whole, 0)).status()).isEqualTo(409);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(state(dead)).isEqualTo("PROCESSED"));
        assertThat(demo.get("/api/webhooks/" + dead, "ops").json().path("body").asText())
                .as("what came is kept")
                .doesNotContain("line_items");
    }

    /** As the sandbox's Shopify pushed one, with numbers of its own. */
    private static String orderNobodyHas() {
        String order = demo.post(
                        demo.sandbox("/sandbox/shopify/orders"),
                        null,
                        "{\"sku\":\"MUG-INK\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8))
                .json()
                .path("orderId")
                .asText();
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> bodyOf(order), body -> body.contains("line_items"))
                .replace(order, order + "77");
    }

    private static String bodyOf(String order) {
        String id = demo.delivery("shopify", order).path("id").asText();
        return demo.get("/api/webhooks/" + id, "ops").json().path("body").asText();
    }

    private static String awaitDead(String body) {
        JsonNode shop = demo.facts().path("connections").path("shopify");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] signature = Signatures.hmacSha256(shop.path("webhookSecret").asText(), bytes);
        DemoProcess.Answer taken = demo.post(
                URI.create(shop.path("webhookUrl").asText()),
                null,
                bytes,
                "X-Shopify-Topic",
                "orders/paid",
                "X-Shopify-Shop-Domain",
                shop.path("shop").asText(),
                "X-Shopify-API-Version",
                "2026-10",
                "X-Shopify-Webhook-Id",
                "dead-letter-story",
                "X-Shopify-Hmac-Sha256",
                Base64.getEncoder().encodeToString(signature));
        assertThat(taken.status()).as(taken.text()).isEqualTo(200);
        return await().atMost(Duration.ofSeconds(60)).until(DeadLetterStoryTest::newestDead, id -> !id.isEmpty());
    }

    private static String newestDead() {
        for (JsonNode one :
                demo.get("/api/webhooks/aside/dead?limit=200", "ops").json().path("items")) {
            if (one.path("deliveryId").asText().contains("dead-letter-story")) {
                return one.path("id").asText();
            }
        }
        return "";
    }

    private static String state(String id) {
        return demo.get("/api/webhooks/" + id, "ops").json().path("state").asText();
    }

    private static String copy(String body, int basedOn) {
        return DemoProcess.JSON
                .createObjectNode()
                .put("body", body)
                .put("basedOn", basedOn)
                .toString();
    }
}
