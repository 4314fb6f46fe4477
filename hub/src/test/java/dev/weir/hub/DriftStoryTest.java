package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody changes a number at a shop by hand; ops see it, heal it and take that back. */
@ExtendWith(SharedDemo.class)
class DriftStoryTest {
    private static final String SKU = "POT-CLAY";
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void numberSetByHand_isFoundExplainedAndHealed_andTheHealIsTakenBackAndMadeAgain() {
        await().atMost(Duration.ofSeconds(60)).until(() -> demo.sandboxStock("shopify", SKU) == demo.available(SKU));
        int ours = demo.available(SKU);
        set(ours + 7);

        JsonNode entry = compared();

        assertThat(entry.path("cause").asText()).isEqualTo("MANUAL_EDIT");
        assertThat(entry.path("seen").asInt()).isEqualTo(ours + 7);
        assertThat(entry.path("worth").path("amount").asText()).isEqualTo("378.00");
        assertThat(entry.path("state").asText()).isEqualTo("HEALED");
        assertThat(demo.sandboxStock("shopify", SKU)).isEqualTo(ours);
        String path = "/api/drift/" + entry.path("id").asText();
        assertThat(demo.post(path + "/undo", "ops", "{\"by\":\"Noor\"}")
                        .json()
                        .path("heal")
                        .path("undoneBy")
                        .asText())
                .isEqualTo("Noor (ops)");
        assertThat(demo.sandboxStock("shopify", SKU)).isEqualTo(ours + 7);
        assertThat(demo.post(path + "/heal", "operator", "{}")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("HEALED");
        assertThat(demo.sandboxStock("shopify", SKU)).isEqualTo(ours);
    }

    @Test
    void drift_isForOpsAndOperators_andWhatIsNotThereIsSaidSo() {
        String nobody = "/api/drift/7d7c3f0e-0000-4000-8000-000000000000";
        assertThat(demo.get("/api/drift", "producer").status()).isEqualTo(403);
        assertThat(demo.get("/api/drift", "finance").status()).isEqualTo(403);
        assertThat(demo.get("/api/drift", "").status()).isEqualTo(401);
        assertThat(demo.get("/api/drift", "operator").status()).isEqualTo(200);
        assertThat(demo.post(nobody + "/heal", "ops", "{}").status()).isEqualTo(404);
        assertThat(demo.get("/api/drift/runs/7d7c3f0e-0000-4000-8000-000000000000", "ops")
                        .status())
                .isEqualTo(404);
        assertThat(demo.get("/api/drift?state=WRONG", "ops").text()).contains("expected: one of");
        assertThat(demo.post(
                                "/api/drift/runs",
                                "ops",
                                "{\"mode\":\"REPORT\",\"force\":true,\"connectionId\":\"" + shop() + "\"}")
                        .status())
                .isEqualTo(422);
    }

    /** What a run says of the SKU. */
    private static JsonNode compared() {
        DemoProcess.Answer asked = demo.post("/api/drift/runs", "ops", "{\"connectionId\":\"" + shop() + "\"}");
        assertThat(asked.status()).isEqualTo(202);
        String run = asked.json().path("id").asText();
        await().atMost(Duration.ofSeconds(90))
                .until(() -> demo.get("/api/drift/runs/" + run, "ops")
                        .json()
                        .path("run")
                        .path("state")
                        .asText()
                        .equals("DONE"));
        JsonNode items = demo.get("/api/drift?run=" + run, "ops").json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("subject").asText().equals(SKU))
                .findFirst()
                .orElseThrow();
    }

    private static String shop() {
        JsonNode shops = demo.get("/api/drift?limit=1", "ops").json().path("shops");
        return StreamSupport.stream(shops.spliterator(), false)
                .filter(shop -> shop.path("channel").asText().equals("shopify"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static void set(int units) {
        assertThat(demo.send(HttpRequest.newBuilder(demo.sandbox("/sandbox/shopify/stock"))
                                .header("Content-Type", "application/json")
                                .PUT(HttpRequest.BodyPublishers.ofString(
                                        "{\"sku\":\"" + SKU + "\",\"units\":" + units + "}"))
                                .build())
                        .status())
                .isEqualTo(200);
    }
}
