package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a hub does for connected shops by itself, and what it tells of it. */
@ExtendWith(SharedDemo.class)
class ShopCareTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void shops_areSubscribedToWhenTheyAreConnected_andTheConnectionSaysSo() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(subscriptions("shopify").path("found").asText()).contains("subscriptions stand");
            assertThat(subscriptions("tiktok-shop").path("found").asText()).contains("no public address");
        });
        assertThat(subscriptions("shopify").path("error").isNull()).isTrue();
    }

    @Test
    void parcelThatAnOperatorEnters_isKeptOnce_andThatItWasToldIsShownWithIt() {
        String order = "/api/orders/" + orderOfTikTok();
        String parcel = "{\"carrier\":\"DHL\",\"tracking\":\"JD0001\",\"link\":\"https://carrier.example/JD0001\"}";

        for (int i = 0; i < 2; i++) {
            assertThat(demo.post(order + "/shipments", "operator", parcel, "Idempotency-Key", "parcel-1")
                            .status())
                    .isEqualTo(201);
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonNode items = demo.get(order + "/shipments", "operator").json().path("items");
            assertThat(items).hasSize(1);
            assertThat(items.path(0).path("tracking").asText()).isEqualTo("JD0001");
            assertThat(items.path(0).path("told")).hasSize(1);
            assertThat(items.path(0).path("told").path(0).path("attempts").asInt())
                    .isPositive();
        });
        assertThat(demo.post(order + "/shipments", "finance", parcel, "Idempotency-Key", "parcel-2")
                        .status())
                .isEqualTo(403);
        assertThat(demo.post(
                                order + "/shipments",
                                "operator",
                                "{\"link\":\"javascript:alert(1)\"}",
                                "Idempotency-Key",
                                "parcel-3")
                        .status())
                .isEqualTo(422);
        DemoProcess.Answer refund = demo.post(
                order + "/refunds",
                "operator",
                "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"scratched\"}",
                "Idempotency-Key",
                "refund-1");
        assertThat(refund.status()).isEqualTo(404);
        assertThat(refund.text()).contains("tiktok-shop does not offer ORDER_REFUND");
    }

    @Test
    void orderOfTikTok_isHandedToTheOwnShop_andItsEchoSellsNothingAgain() {
        int before = demo.available("POT-CLAY");
        String order = "/api/orders/" + orderOfTikTok();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> demo.get(order, "operator").json().hasNonNull("backendOrderId"));

        JsonNode items =
                demo.get("/api/orders?channel=shopify", "operator").json().path("items");
        String there = demo.get(order, "operator").json().path("backendOrderId").asText();
        assertThat(items).noneMatch(one -> one.path("externalId").asText().equals(there));
        await().atMost(Duration.ofSeconds(30)).until(() -> demo.available("POT-CLAY") == before - 1);
    }

    @Test
    void orderThatTheMerchantCallsOff_atTheOwnShop_isCalledOffAtTikTok_andItsUnitIsForSaleAgain() {
        int before = demo.available("POT-CLAY");
        String sold = demo.post(
                        demo.sandbox("/sandbox/tiktok-shop/orders"),
                        null,
                        bytes("{\"sku\":\"POT-CLAY\",\"quantity\":1}"))
                .json()
                .path("orderId")
                .asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ofTikTok(sold).path("backendOrderId").isTextual());
        String there = ofTikTok(sold).path("backendOrderId").asText();

        demo.post(demo.sandbox("/sandbox/shopify/cancellations"), null, bytes("{\"orderId\":\"" + there + "\"}"));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(ofTikTok(sold).path("state").asText()).isEqualTo("CANCELLED");
            assertThat(statusAtTikTok(sold)).isEqualTo("CANCELLED");
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> demo.available("POT-CLAY") == before);
    }

    private static JsonNode ofTikTok(String externalId) {
        JsonNode items =
                demo.get("/api/orders?channel=tiktok-shop", "operator").json().path("items");
        for (JsonNode order : items) {
            if (order.path("externalId").asText().equals(externalId)) {
                return order;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private static String statusAtTikTok(String id) {
        for (JsonNode order :
                demo.get(demo.sandbox("/sandbox/tiktok-shop/orders")).json().path("orders")) {
            if (order.path("id").asText().equals(id)) {
                return order.path("status").asText();
            }
        }
        return "none";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void buyersWishesAndPayouts_areOfTheirRolesAlone() {
        assertThat(demo.get("/api/privacy-requests", "operator").json().path("items"))
                .isEmpty();
        assertThat(demo.get("/api/privacy-requests", "finance").status()).isEqualTo(403);
        assertThat(demo.get("/api/payouts", "finance").status()).isEqualTo(200);
        assertThat(demo.get("/api/payouts", "producer").status()).isEqualTo(403);
        assertThat(demo.get("/api/payouts?cursor=nonsense", "finance").status()).isEqualTo(422);
        String none = "/api/payouts/00000000-0000-0000-0000-000000000001/s1/orders";
        assertThat(demo.get(none, "finance").status()).isEqualTo(404);
        assertThat(demo.get(none + "?verdict=PERHAPS", "finance").text()).contains("AGREES");
        assertThat(demo.get(none, "producer").status()).isEqualTo(403);
        assertThat(demo.get("/api/errands", "operator").status()).isEqualTo(200);
    }

    private static String orderOfTikTok() {
        demo.post(
                demo.sandbox("/sandbox/tiktok-shop/orders"),
                null,
                "{\"sku\":\"POT-CLAY\",\"quantity\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Content-Type",
                "application/json");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !demo.get("/api/orders?channel=tiktok-shop", "operator")
                        .json()
                        .path("items")
                        .isEmpty());
        return demo.get("/api/orders?channel=tiktok-shop", "operator")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asText();
    }

    private static JsonNode subscriptions(String channel) {
        for (JsonNode one : demo.get("/api/connections", "operator").json().path("items")) {
            for (JsonNode chore : one.path("chores")) {
                if (one.path("channel").asText().equals(channel)
                        && chore.path("kind").asText().equals("SUBSCRIPTIONS")) {
                    return chore;
                }
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }
}
