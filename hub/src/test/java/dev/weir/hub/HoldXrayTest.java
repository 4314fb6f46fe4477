package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
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

    @Test
    void unitThatComesBack_isHeldForWhoWaits_andPushedToTheShow() throws Exception {
        String sku = "LAMP-SAGE";
        assertThat(rules(sku, "{\"fair\":true}").status()).isEqualTo(200);
        String taken = demo.hold(sku, demo.available(sku), "all of them")
                .json()
                .path("id")
                .asText();
        String wish = "{\"showId\":\"%s\",\"sku\":\"%s\",\"buyer\":\"%s\"}";
        DemoProcess.Answer joined = demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku, "ada"));
        assertThat(joined.status()).as(joined.text()).isEqualTo(201);
        assertThat(joined.json().path("position").asInt()).isEqualTo(1);
        DemoProcess.Answer second = demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku, "ben"));
        DemoProcess.Answer again = demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku, "ben"));
        assertThat(again.json().path("type").asText())
                .as(
                        "%s after %s, and what moved: %s",
                        again.text(),
                        second.text(),
                        demo.get("/api/stock/" + sku + "/history?limit=9", "operator")
                                .text())
                .isEqualTo("/problems/already-waiting");
        try (ShowListener viewer = new ShowListener(demo.base(), demo.showId())) {
            assertThat(demo.delete("/api/holds/" + taken, "").status()).isEqualTo(204);
            await().atMost(SOON).until(() -> !viewer.heard("waitlist", sku).isEmpty());
            assertThat(viewer.heard("waitlist", sku).getFirst().path("place"))
                    .isEqualTo(second.json().path("place"));
        }
        JsonNode offered = demo.get(joined.location(), "").json();
        assertThat(offered.path("state").asText()).isEqualTo("OFFERED");
        assertThat(demo.get("/api/holds/" + offered.path("holdId").asText(), "")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("HELD");
        JsonNode checkout = demo.checkout(offered.path("holdToken").asText()).json();
        demo.confirm(checkout, "4242424242424242");
        assertThat(settled(checkout).path("state").asText()).isEqualTo("PAID");
    }

    @Test
    void lineIsLeft_andIsOnlyForWhatIsSoldOut() {
        String wish = "{\"showId\":\"%s\",\"sku\":\"%s\"}";
        String sku = "LAMP-CLAY";
        assertThat(demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku))
                        .json()
                        .path("type")
                        .asText())
                .isEqualTo("/problems/no-line");
        rules(sku, "{\"fair\":true}");
        assertThat(demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku))
                        .json()
                        .path("type")
                        .asText())
                .isEqualTo("/problems/not-sold-out");
        demo.hold(sku, demo.available(sku), "every one");
        String entry = demo.post("/api/waitlist", "", wish.formatted(demo.showId(), sku))
                .location();
        assertThat(demo.delete(entry, "").status()).isEqualTo(204);
        assertThat(demo.delete(entry, "").status()).isEqualTo(204);
        assertThat(demo.get(entry, "").json().path("state").asText()).isEqualTo("LEFT");
        assertThat(demo.get("/api/waitlist/" + UUID.randomUUID(), "").status()).isEqualTo(404);
    }

    @Test
    void unitsToCome_areSoldInTheShowAndSaidSo_andNoShopIsToldOfThem() {
        String sku = "TRAY-CLAY";
        int there = demo.available(sku);
        DemoProcess.Answer set = rules(sku, "{\"preOrder\":5,\"shipsFrom\":\"2026-12-10\"}");
        assertThat(set.json().path("shipsFrom").asText()).as(set.text()).isEqualTo("2026-12-10");
        assertThat(demo.available(sku)).isEqualTo(there + 5);
        JsonNode hold = demo.hold(sku, there + 2, "some to come").json();
        assertThat(hold.path("preOrder").toString())
                .isEqualTo("[{\"sku\":\"TRAY-CLAY\",\"units\":2,\"shipsFrom\":\"2026-12-10\"}]");
        assertThat(product(sku).path("preOrder").asInt()).isEqualTo(3);
        assertThat(product(sku).path("shipsFrom").asText()).isEqualTo("2026-12-10");
        await().atMost(SOON)
                .until(() -> demo.sandboxStock("tiktok-shop", sku) == 0 && demo.sandboxStock("shopify", sku) == 0);
        assertThat(rules(sku, "{\"preOrder\":1}").text()).contains("preOrder of TRAY-CLAY: 1 (expected: 2 or more");
        assertThat(rules(sku, "{\"preOrder\":-1}").status()).isEqualTo(422);
        assertThat(rules(sku, "{\"preOrder\":5,\"shipsFrom\":\"soon\"}").status())
                .isBetween(400, 422);
    }

    private JsonNode product(String sku) {
        for (JsonNode product :
                demo.get("/api/shows/" + demo.showId(), "").json().path("products")) {
            if (product.path("sku").asText().equals(sku)) {
                return product;
            }
        }
        throw new AssertionError("product: " + sku + " (expected: one of the show)");
    }

    private static DemoProcess.Answer rules(String sku, String body) {
        return demo.send(HttpRequest.newBuilder(demo.base().resolve("/api/stock/" + sku + "/rules"))
                .header("Authorization", "Bearer " + demo.key("operator"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
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
