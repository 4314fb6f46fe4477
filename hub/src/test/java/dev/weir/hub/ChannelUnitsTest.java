package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Units that are one channel's own, told over HTTP against the built hub and its sandbox shops. */
@ExtendWith(SharedDemo.class)
class ChannelUnitsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void tikTok_sellsFromUnitsOfItsOwn_andGivesThemBackOnlyAfterItTookTheSmallerNumber() {
        String sku = "JUG-SAGE";
        int all = demo.available(sku);
        assertThat(put("/api/channel-windows/tiktok-shop", "{\"seconds\":1}")
                        .path("seconds")
                        .asInt())
                .isEqualTo(1);
        put(
                "/api/stock/" + sku + "/policies/tiktok-shop",
                "{\"mode\":\"ALLOCATE\",\"floor\":5,\"ceiling\":5,\"aimUnits\":5,\"safety\":1}");

        assertThat(demo.available(sku)).isEqualTo(all - 5);
        shows("tiktok-shop", sku, 4);
        shows("shopify", sku, all - 5);
        assertThat(demo.hold(sku, all - 4, "too many").status()).isEqualTo(409);

        assertThat(demo.post(
                                demo.sandbox("/sandbox/tiktok-shop/orders"),
                                null,
                                "{\"sku\":\"%s\",\"quantity\":2}".formatted(sku).getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(201);
        await().atMost(SOON).until(() -> sold(sku) == 2);
        assertThat(demo.available(sku)).isBetween(all - 7, all - 5);

        put("/api/stock/" + sku + "/policies/tiktok-shop", "{\"mode\":\"MIRROR\"}");
        await().atMost(SOON).until(() -> demo.available(sku) == all - 2);
        shows("tiktok-shop", sku, all - 2);
        assertThat(demo.get("/api/stock/" + sku + "/allocations", "operator")
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void saleBeyondWhatIsThere_isACase_andIsSuppliedWhenTheUnitsCome() {
        String sku = "POT-SAGE";
        int all = demo.available(sku);
        put("/api/stock/" + sku + "/allocations/tiktok-shop", "{\"units\":4}");
        put("/api/channel-windows/tiktok-shop", "{\"seconds\":1}");
        shopifySells(sku, all - 2);

        await().atMost(SOON).until(() -> shortfall(sku).has("cause"));
        JsonNode open = shortfall(sku);
        assertThat(open.path("lines").path(0).path("available").asInt()).isEqualTo(all - 4);
        assertThat(open.path("remedies").path(0).path("remedy").asText()).isEqualTo("OTHER_ALLOCATION");
        assertThat(sold(sku)).isZero();

        ObjectNode decision = DemoProcess.JSON.createObjectNode();
        decision.put("cause", open.path("cause").asText())
                .put("remedy", "OTHER_ALLOCATION")
                .put("from", "tiktok-shop")
                .put("by", "Noor")
                .put("note", "TikTok sells least of it");
        DemoProcess.Answer decided = demo.post("/api/shortfalls/decisions", "ops", decision.toString());
        assertThat(decided.status()).as(decided.text()).isEqualTo(200);
        assertThat(decided.json().path("resolution").path("by").asText()).isEqualTo("Noor (ops)");
        assertThat(demo.post("/api/shortfalls/decisions", "ops", decision.toString())
                        .status())
                .isEqualTo(409);

        await().atMost(SOON).until(() -> sold(sku) == all - 2);
        String order = open.path("cause").asText().substring("order/".length());
        assertThat(demo.get("/api/orders/" + order, "operator")
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("PAID");
    }

    @Test
    void whatMakesNoSense_isRefused_andNotEveryRoleMayChange() {
        assertThat(send("/api/stock/MUG-INK/policies/shopify", "operator", "{\"mode\":\"ALLOCATE\",\"floor\":1}")
                        .status())
                .isEqualTo(422);
        assertThat(send("/api/stock/MUG-INK/policies/shopify", "operator", "{\"mode\":\"ASK\",\"floor\":1}")
                        .status())
                .isEqualTo(422);
        assertThat(send("/api/stock/NO-SUCH/allocations/shopify", "operator", "{\"units\":1}")
                        .status())
                .isEqualTo(404);
        assertThat(send("/api/stock/MUG-INK/allocations/shopify", "producer", "{\"units\":1}")
                        .status())
                .isEqualTo(403);
        assertThat(demo.get("/api/shortfalls", "producer").status()).isEqualTo(403);
    }

    private static void shows(String channel, String sku, int units) {
        await(channel + " shows " + units + " of " + sku)
                .atMost(SOON)
                .until(() -> demo.sandboxStock(channel, sku) == units);
    }

    private static int sold(String sku) {
        return demo.get("/api/stock/" + sku, "operator").json().path("sold").asInt();
    }

    private static JsonNode shortfall(String sku) {
        for (JsonNode item : demo.get("/api/shortfalls", "operator").json().path("items")) {
            if (item.path("lines").path(0).path("sku").asText().equals(sku)) {
                return item;
            }
        }
        return DemoProcess.JSON.createObjectNode();
    }

    private static JsonNode put(String path, String body) {
        DemoProcess.Answer answer = send(path, "operator", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static DemoProcess.Answer send(String path, String role, String body) {
        return demo.send(HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + demo.key(role))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** A shop that sold more than it was told: its sandbox would not, so the delivery is ours. */
    private static void shopifySells(String sku, int quantity) {
        JsonNode shop = demo.facts().path("connections").path("shopify");
        byte[] body = order(sku, quantity).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder()
                .encodeToString(Signatures.hmacSha256(shop.path("webhookSecret").asText(), body));
        String delivery = UUID.randomUUID().toString();
        assertThat(demo.post(
                                URI.create(shop.path("webhookUrl").asText()),
                                null,
                                body,
                                "X-Shopify-Topic",
                                "orders/create",
                                "X-Shopify-Webhook-Id",
                                delivery,
                                "X-Shopify-Event-Id",
                                delivery,
                                "X-Shopify-Triggered-At",
                                Instant.now().toString(),
                                "X-Shopify-Shop-Domain",
                                shop.path("shop").asText("kiln.myshopify.com"),
                                "X-Shopify-API-Version",
                                "2026-10",
                                "X-Shopify-Hmac-Sha256",
                                signature)
                        .status())
                .isEqualTo(200);
    }

    private static String order(String sku, int quantity) {
        String now = Instant.now().toString();
        ObjectNode order = DemoProcess.JSON.createObjectNode();
        order.put("id", 720982911946154508L)
                .put("admin_graphql_api_id", "gid://shopify/Order/720982911946154508")
                .put("created_at", now)
                .put("updated_at", now)
                .put("processed_at", now)
                .put("currency", "EUR")
                .put("financial_status", "paid")
                .put("total_price", 54 * quantity + ".00")
                .put("current_total_price", 54 * quantity + ".00")
                .put("email", "shopper@example.com");
        order.putNull("cancelled_at");
        order.putArray("note_attributes");
        order.putArray("line_items")
                .addObject()
                .put("id", 766550311766439020L)
                .put("sku", sku)
                .put("quantity", quantity)
                .put("current_quantity", quantity)
                .put("price", "54.00");
        return order.toString();
    }
}
