package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which orders of a social shop go on to the brand's own, as the connection's {@code ordersToOwnShop} says. That one stays is seen once
 * a later one has gone: both take the same way.
 */
@ExtendWith(SharedDemo.class)
class OwnShopRuleTest {
    private static final String SETTING = "ordersToOwnShop";
    private static final String BY_TIKTOK = "/api/rehearsal/tiktok-shop/fulfilled-by-tiktok";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static DemoProcess demo;
    private static ConnectedShop tiktok;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
        tiktok = new ConnectedShop(demo, "tiktok-shop");
    }

    @AfterEach
    void asBefore() {
        sentByTikTok(false);
        tiktok.enter(SETTING, "");
    }

    @Test
    void no_keepsEveryOrderWhereItWasSold_andYesHandsOnTheNextAlone() {
        tiktok.enter(SETTING, "no");
        JsonNode kept = paid(bought());
        tiktok.enter(SETTING, "yes");

        handedOver(bought());

        assertThat(shown(kept).path("backendOrderId").isNull()).isTrue();
        assertThat(shown(kept).path("state").asText()).isEqualTo("PAID");
    }

    @Test
    void orderThatTikTokSendsItself_staysUnlessAllAreWanted() {
        sentByTikTok(true);
        JsonNode kept = paid(bought());
        tiktok.enter(SETTING, "all");

        handedOver(bought());

        assertThat(shown(kept).path("backendOrderId").isNull()).isTrue();
    }

    @Test
    void anythingElse_isRefusedAtTheCheck_inItsWords() {
        JsonNode check = tiktok.tried(SETTING, "maybe");

        assertThat(check.path("ok").asBoolean()).isFalse();
        assertThat(check.path("detail").asText()).isEqualTo("ordersToOwnShop: maybe (expected: yes, all or no)");
        assertThat(tiktok.view().path("lastError").asText()).startsWith("ordersToOwnShop: maybe");
    }

    private static void sentByTikTok(boolean on) {
        assertThat(demo.put(BY_TIKTOK, "operator", "{\"on\":" + on + "}").status())
                .isEqualTo(200);
    }

    /** The order's number at TikTok Shop. */
    private static String bought() {
        DemoProcess.Answer sale = demo.post(
                demo.sandbox("/sandbox/tiktok-shop/orders"),
                null,
                "{\"sku\":\"VASE-INK\",\"quantity\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(sale.status()).as(sale.text()).isEqualTo(201);
        return sale.json().path("orderId").asText();
    }

    private static JsonNode paid(String externalId) {
        await().atMost(SOON)
                .until(() -> order(externalId).path("state").asText().equals("PAID"));
        return order(externalId);
    }

    private static void handedOver(String externalId) {
        await().atMost(SOON).until(() -> order(externalId).hasNonNull("backendOrderId"));
    }

    private static JsonNode shown(JsonNode order) {
        return demo.get("/api/orders/" + order.path("id").asText(), "operator").json();
    }

    private static JsonNode order(String externalId) {
        for (JsonNode one :
                demo.get("/api/orders?channel=tiktok-shop", "operator").json().path("items")) {
            if (one.path("externalId").asText().equals(externalId)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }
}
