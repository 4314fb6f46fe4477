package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of the calls to a shop. */
@ExtendWith(SharedDemo.class)
class CallRecordsTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void callsToAShop_areListed_withoutASecret() {
        String calls = calls("");
        assertThat(demo.post(connection() + "/check", "operator", "").status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(15))
                .until(() -> !demo.get(calls, "operator").json().path("items").isEmpty());

        DemoProcess.Answer answer = demo.get(calls, "operator");
        JsonNode newest = answer.json().path("items").path(0);
        assertThat(newest.path("operation").asText()).isNotEmpty();
        assertThat(newest.path("tries").asInt()).as(answer.text()).isPositive();
        assertThat(newest.path("outcome").asText()).isEqualTo("OK");
        JsonNode shop = demo.facts().path("connections").path("shopify");
        assertThat(answer.text()).doesNotContain(shop.path("webhookSecret").asText());
    }

    @Test
    void filter_thatNamesNothing_isRefusedWithWhatThereIs() {
        DemoProcess.Answer answer = demo.get(calls("?lane=FAST"), "operator");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text()).contains("lane: FAST", "HOLD, ORDER, STOCK, CATALOGUE");
    }

    @Test
    void callsOfAShop_areTheOperatorsAlone() {
        assertThat(demo.get(calls(""), "finance").status()).isEqualTo(403);
        assertThat(demo.get("/api/connections/00000000-0000-0000-0000-000000000000/calls", "operator")
                        .status())
                .isEqualTo(404);
    }

    private static String calls(String query) {
        return connection() + "/calls" + query;
    }

    private static String connection() {
        for (JsonNode one : demo.get("/api/connections", "operator").json().path("items")) {
            if (one.path("channel").asText().equals("shopify")) {
                return "/api/connections/" + one.path("id").asText();
            }
        }
        throw new AssertionError("no shopify connection");
    }
}
