package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can look into afterwards, over HTTP against the built hub. */
@ExtendWith(SharedDemo.class)
class HoldXrayTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void everyMovementOfASale_isTold_upToItsOrder_andTheProofHolds() {
        String orderId =
                buyInTheShow("JUG-CLAY", "4242424242424242").path("orderId").asText();

        JsonNode moved = demo.get("/api/stock/JUG-CLAY/history?limit=2", "operator")
                .json()
                .path("items");
        assertThat(moved.findValuesAsText("kind")).containsExactly("COMMIT", "HOLD");
        assertThat(moved.path(0).path("cause").asText()).isEqualTo("order/" + orderId);
        String life = "/api/holds/" + moved.path(0).path("holdId").asText() + "/history";
        assertThat(demo.get(life, "operator").json().path("stages").findValuesAsText("state"))
                .startsWith("HELD")
                .endsWith("COMMITTED");
        assertThat(demo.get(life, "operator").json().path("order").path("id").asText())
                .isEqualTo(orderId);
        assertThat(demo.get(life, "").status()).isEqualTo(401);
        assertThat(demo.get(life, "finance").status()).isEqualTo(403);
        await().atMost(SOON).until(() -> proof().path("provenVersions").equals(proof().path("versions")));
        assertThat(proof().path("since").isNull()).isFalse();
        assertThat(proof().path("breaches").asInt(-1)).isZero();
    }

    private JsonNode proof() {
        return demo.get("/api/proof", "operator").json().path("summary");
    }

    @Test
    void rulesRunAgain_leaveTheDecisionOfAHoldAlone_andTellHowFarTheyAre() {
        String orderId =
                buyInTheShow("BOWL-CLAY", "4242424242424242").path("orderId").asText();
        String period = "\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\"";
        String run = demo.post("/api/attribution/runs", "operator", "{\"ruleset\":2,%s}".formatted(period))
                .json()
                .path("id")
                .asText();
        await().atMost(SOON)
                .until(() -> demo.get("/api/attribution/runs/" + run, "operator")
                        .json()
                        .path("run")
                        .path("isDone")
                        .asBoolean());
        JsonNode decisions = demo.get("/api/orders/" + orderId + "/attribution", "operator")
                .json()
                .path("items");
        assertThat(decisions).hasSize(1);
        assertThat(decisions.path(0).path("winner").path("rule").asText()).isEqualTo("hold/1");
        assertThat(demo.post("/api/attribution/runs", "operator", "{\"ruleset\":9,%s}".formatted(period))
                        .status())
                .isEqualTo(422);
    }

    private JsonNode buyInTheShow(String sku, String card) {
        JsonNode checkout = openCheckout(sku);
        demo.confirm(checkout, card);
        return settled(checkout);
    }

    private JsonNode openCheckout(String sku) {
        JsonNode hold = demo.hold(sku, 1, UUID.randomUUID().toString()).json();
        DemoProcess.Answer checkout = demo.checkout(hold.path("token").asText());
        assertThat(checkout.status()).as(checkout.text()).isEqualTo(201);
        return checkout.json();
    }

    private JsonNode settled(JsonNode checkout) {
        String path = "/api/checkouts/" + checkout.path("id").asText();
        await().atMost(SOON)
                .until(() -> !List.of("OPEN", "AUTHORISED")
                        .contains(demo.get(path, "").json().path("state").asText()));
        return demo.get(path, "").json();
    }
}
