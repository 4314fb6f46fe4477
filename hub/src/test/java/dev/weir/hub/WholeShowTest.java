package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.connectors.http.Signatures;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A show that sells, told over HTTP against the built hub. */
@ExtendWith(SharedDemo.class)
class WholeShowTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<String> SHOPS = List.of("shopify", "magento", "tiktok-shop", "instagram");

    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void twoHundredBuyersAskForTenUnits_tenGetThem() throws Exception {
        List<Callable<Integer>> buyers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String key = "crowd-" + i;
            buyers.add(() -> demo.hold("LAMP-INK", 1, key).status());
        }

        List<Integer> statuses = together(buyers);

        assertThat(statuses).filteredOn(s -> s == 201).hasSize(10);
        assertThat(statuses).filteredOn(s -> s == 409).hasSize(190);
        assertThat(demo.available("LAMP-INK")).isZero();
        JsonNode refusal = demo.hold("LAMP-INK", 1, "late").json();
        assertThat(refusal.path("type").asText()).isEqualTo("/problems/sold-out");
        assertThat(refusal.path("sku").asText()).isEqualTo("LAMP-INK");
        assertThat(refusal.path("available").asInt(-1)).isZero();
        assertThat(together(buyers))
                .as("a repeated tap gets what it got, sold out or not")
                .isEqualTo(statuses);
    }

    @Test
    void twoLinesOfOneSku_areSummed() throws Exception {
        String body =
                "{\"showId\":\"%s\",\"lines\":[{\"sku\":\"TRAY-INK\",\"quantity\":1},{\"sku\":\"TRAY-INK\",\"quantity\":1}]}"
                        .formatted(demo.showId());
        List<Callable<Integer>> buyers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            buyers.add(() -> demo.post("/api/holds", "", body).status());
        }

        assertThat(together(buyers)).filteredOn(s -> s == 201).hasSize(6);
        assertThat(demo.available("TRAY-INK")).isZero();
    }

    @Test
    void repeatedTap_isOneHold() {
        DemoProcess.Answer first = demo.hold("PLATE-INK", 1, "tap");
        DemoProcess.Answer again = demo.hold("PLATE-INK", 1, "tap");
        DemoProcess.Answer other = demo.hold("PLATE-INK", 2, "tap");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(again.json().path("token")).isEqualTo(first.json().path("token"));
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void releasedHold_givesItsUnitsBack_andReleasingAgainIsFine() {
        int before = demo.available("JUG-INK");
        String id = demo.hold("JUG-INK", 3, UUID.randomUUID().toString())
                .json()
                .path("id")
                .asText();
        assertThat(demo.available("JUG-INK")).isEqualTo(before - 3);

        assertThat(demo.delete("/api/holds/" + id, "").status()).isEqualTo(204);
        assertThat(demo.delete("/api/holds/" + id, "").status()).isEqualTo(204);

        assertThat(demo.available("JUG-INK")).isEqualTo(before);
        assertThat(demo.get("/api/holds/" + id, "").json().path("state").asText())
                .isEqualTo("RELEASED");
    }

    @Test
    void saleInTheShow_isVisibleEverywhere() {
        String sku = "MUG-CLAY";
        allShopsShow(sku, demo.available(sku));
        int before = demo.available(sku);
        BigDecimal gmv = gmv("PLAYER");

        JsonNode paid = buyInTheShow(sku, "4242424242424242");

        assertThat(paid.path("state").asText()).isEqualTo("PAID");
        allShopsShow(sku, before - 1);
        assertThat(demo.available(sku)).isEqualTo(before - 1);
        assertThat(gmv("PLAYER").subtract(gmv)).isEqualByComparingTo("18.00");
        String orderId = paid.path("orderId").asText();
        await().atMost(SOON).until(() -> !order(orderId).path("backendOrderId").isNull());
        JsonNode order = order(orderId);
        assertThat(order.path("attribution").path("showId").asText()).isEqualTo(demo.showId());
        assertThat(order.path("attribution").path("pinSku").asText()).isNotEmpty();
        assertThat(order.path("channel").asText()).isEqualTo("PLAYER");
    }

    @Test
    void declinedCard_sellsNothing_andAnotherCardStillPays() {
        JsonNode checkout = openCheckout("BOWL-INK");

        JsonNode declined = demo.confirm(checkout, "4000000000000002").json();
        assertThat(declined.path("error").path("message").asText()).isNotEmpty();
        assertThat(demo.confirm(checkout, "4242424242424242")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("requires_capture");

        assertThat(settled(checkout).path("state").asText()).isEqualTo("PAID");
    }

    @Test
    void releasedHold_cannotBePaid_andTheBuyerIsTold() {
        JsonNode hold = demo.hold("POT-INK", 1, UUID.randomUUID().toString()).json();
        JsonNode checkout = demo.checkout(hold.path("token").asText()).json();
        demo.delete("/api/holds/" + hold.path("id").asText(), "");

        demo.confirm(checkout, "4242424242424242");

        JsonNode end = settled(checkout);
        assertThat(end.path("state").asText()).isIn("CANCELLED", "EXPIRED");
        assertThat(end.path("reason").asText()).isNotEmpty();
        assertThat(end.path("orderId").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"tiktok-shop,VASE-SAGE,32.00", "shopify,VASE-CLAY,32.00", "magento,VASE-INK,32.00"})
    void saleAtAShop_reachesTheBooksAndTheOtherShops(String channel, String sku, String price) {
        allShopsShow(sku, demo.available(sku));
        int before = demo.available(sku);
        BigDecimal gmv = gmv(channel);

        DemoProcess.Answer bought = demo.post(
                demo.sandbox("/sandbox/" + channel + "/orders"),
                null,
                "{\"sku\":\"%s\",\"quantity\":1}".formatted(sku).getBytes(StandardCharsets.UTF_8));

        assertThat(bought.status()).isEqualTo(201);
        await().atMost(SOON).until(() -> demo.available(sku) == before - 1);
        allShopsShow(sku, before - 1);
        await().atMost(SOON).until(() -> gmv(channel).subtract(gmv).compareTo(new BigDecimal(price)) == 0);
        JsonNode order = demo.get("/api/orders?channel=" + channel, "operator")
                .json()
                .path("items")
                .path(0);
        assertThat(order.path("attribution").path("showId").asText()).isEqualTo(demo.showId());
        assertThat(order.path("attribution").path("channel").asText()).isEqualTo(channel);
    }

    @Test
    void sameShopifyDeliveryTenTimes_isOneOrder_andAFlippedBitIsNothing() throws Exception {
        JsonNode shop = demo.facts().path("connections").path("shopify");
        String sku = "PLATE-SAGE";
        int before = demo.available(sku);
        byte[] body = shopifyOrder(sku).getBytes(StandardCharsets.UTF_8);
        String delivery = UUID.randomUUID().toString();
        URI address = URI.create(shop.path("webhookUrl").asText());
        String signature = java.util.Base64.getEncoder()
                .encodeToString(Signatures.hmacSha256(shop.path("webhookSecret").asText(), body));
        List<Callable<Integer>> deliveries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            deliveries.add(() -> demo.post(address, null, body, shopifyHeaders(delivery, signature))
                    .status());
        }

        assertThat(together(deliveries)).containsOnly(200);
        await().atMost(SOON).until(() -> demo.available(sku) == before - 1);

        byte[] flipped = body.clone();
        flipped[body.length / 2] ^= 1;
        assertThat(demo.post(address, null, flipped, shopifyHeaders("other", signature))
                        .status())
                .isEqualTo(401);
        assertThat(demo.available(sku)).isEqualTo(before - 1);
        assertThat(ordersOf(sku)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"showId\":\"SHOW\",\"lines\":[{\"sku\":\"NO-SUCH\",\"quantity\":1}]}|lines[0].sku|NO-SUCH",
                "{\"showId\":\"SHOW\",\"lines\":[{\"sku\":\"MUG-SAGE\",\"quantity\":-1}]}|lines[0].quantity|-1",
                "{\"showId\":\"SHOW\",\"lines\":[{\"sku\":\"MUG-SAGE\",\"quantity\":1000000}]}|lines[0].quantity|1000000",
                "{\"showId\":\"SHOW\",\"lines\":[{\"sku\":\"MUG-SAGE\",\"quantity\":\"many\"}]}|lines[0].quantity|many",
                "{\"showId\":\"nowhere\",\"lines\":[{\"sku\":\"MUG-SAGE\",\"quantity\":1}]}|showId|nowhere",
                "{\"showId\":\"SHOW\",\"lines\":[]}|lines|0",
            })
    void badHold_isRefused_namingTheField(String body, String field, String value) {
        int before = demo.available("MUG-SAGE");

        DemoProcess.Answer answer = demo.post("/api/holds", "", body.replace("SHOW", demo.showId()));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(answer.text()).contains(value, "expected");
        assertThat(demo.available("MUG-SAGE")).isEqualTo(before);
    }

    @Test
    void malformedJson_isRefused() {
        DemoProcess.Answer answer = demo.post("/api/holds", "", "{\"showId\":");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void twoMebibytes_areTooMuch() {
        DemoProcess.Answer answer = demo.post("/api/holds", "", "x".repeat(2 << 20));

        assertThat(answer.status()).isIn(413, 0);
    }

    @Test
    void unknownHoldToken_isRefused() {
        DemoProcess.Answer answer = demo.checkout("not-a-token");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo("holdToken");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/orders,'',401",
        "/api/orders,producer,403",
        "/api/connections,finance,403",
        "/api/reports/gmv,producer,403",
        "/api/recordings/waiting,'',401",
        "/api/recordings/waiting,producer,403",
        "/api/webhooks,operator,403",
        "/actuator/prometheus,'',401",
    })
    void wrongRole_isRefused_asAProblem(String path, String role, int status) {
        DemoProcess.Answer answer = demo.get(path, role);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/shows/autumn-kiln", "/cockpit", "/operator", "/ops", "/finance"})
    void everyPage_hasAStrictPolicy(String path) {
        DemoProcess.Answer answer = demo.get(path, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("<!--importmap-->").contains("importmap");
    }

    @Test
    void noBucket_nothingWaitsForIt() {
        JsonNode lag = demo.get("/api/recordings/waiting", "operator").json();

        assertThat(lag.path("count").asInt(-1)).isZero();
        assertThat(lag.path("since").isNull()).isTrue();
    }

    /** A tap goes past most of what guards the rest: not past the headers, and no other call goes with it. */
    @Test
    void tap_isAnsweredAsStrictlyAsEverythingElse() throws Exception {
        HttpRequest tap = HttpRequest.newBuilder(demo.base().resolve("/api/holds"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(tap, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(demo.post("/api/holds-of-all", "", "{}").status()).isEqualTo(401);
    }

    @Test
    void secrets_neverComeOut() {
        JsonNode shop = demo.facts().path("connections").path("shopify");

        String connections = demo.get("/api/connections", "operator").text();

        assertThat(connections)
                .contains("shopify")
                .doesNotContain(shop.path("webhookSecret").asText());
    }

    /** A platform that never pushes has no door: that is the sender's mistake, not our failure. */
    @Test
    void webhookForAShopThatIsPolled_isNotFound() {
        URI address = URI.create(demo.facts()
                .path("connections")
                .path("magento")
                .path("webhookUrl")
                .asText());

        DemoProcess.Answer answer = demo.post(address, null, "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void checkoutLinkOfInstagram_landsInTheShow_withWhatWasAsked() {
        URI link = URI.create(demo.facts()
                        .path("connections")
                        .path("instagram")
                        .path("buyUrl")
                        .asText() + "?products=BOWL-SAGE%3A2%2CMUG-SAGE%3A1&utm_source=ig&cart_origin=instagram");

        DemoProcess.Answer landing = demo.get(link);

        assertThat(landing.status()).isEqualTo(303);
        assertThat(java.net.URLDecoder.decode(landing.location(), StandardCharsets.UTF_8))
                .contains("/shows/autumn-kiln", "buy=BOWL-SAGE:2,MUG-SAGE:1", "channel=instagram", "utm_source=ig");
        assertThat(demo.get(URI.create(link.toString().replace("%3A2", "%3A-2")))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void csv_hasTheSameTotalsAsJson() {
        buyInTheShow("TRAY-SAGE", "4242424242424242");
        String csv =
                demo.get("/api/reports/gmv?by=channel&format=csv", "finance").text();

        assertThat(csv)
                .startsWith("channel,orders,units,gross,refunds,net,currency")
                .contains("PLAYER");
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

    private JsonNode order(String id) {
        return demo.get("/api/orders/" + id, "operator").json();
    }

    private void allShopsShow(String sku, int units) {
        for (String shop : SHOPS) {
            await(shop + " shows " + units + " of " + sku)
                    .atMost(SOON)
                    .until(() -> demo.sandboxStock(shop, sku) == units);
        }
    }

    private BigDecimal gmv(String channel) {
        for (JsonNode row :
                demo.get("/api/reports/gmv?by=channel", "finance").json().path("rows")) {
            if (row.path("channel").asText().equals(channel)) {
                return new BigDecimal(row.path("net").path("amount").asText());
            }
        }
        return BigDecimal.ZERO;
    }

    private long ordersOf(String sku) {
        long count = 0;
        for (JsonNode order : demo.get("/api/orders?channel=shopify&limit=200", "operator")
                .json()
                .path("items")) {
            count += order.path("lines").findValuesAsText("sku").contains(sku) ? 1 : 0;
        }
        return count;
    }

    private static String[] shopifyHeaders(String delivery, String signature) {
        return new String[] {
            "X-Shopify-Topic",
            "orders/create",
            "X-Shopify-Webhook-Id",
            delivery,
            "X-Shopify-Event-Id",
            delivery,
            "X-Shopify-Triggered-At",
            "2026-11-24T12:00:00.000Z",
            "X-Shopify-Shop-Domain",
            demo.facts().path("connections").path("shopify").path("shop").asText("kiln.myshopify.com"),
            "X-Shopify-API-Version",
            "2026-10",
            "X-Shopify-Hmac-Sha256",
            signature,
            "Content-Type",
            "application/x-www-form-urlencoded"
        };
    }

    private static String shopifyOrder(String sku) {
        String now = java.time.Instant.now().toString();
        ObjectNode order = DemoProcess.JSON.createObjectNode();
        order.put("id", 820982911946154508L)
                .put("admin_graphql_api_id", "gid://shopify/Order/820982911946154508")
                .put("created_at", now)
                .put("updated_at", now)
                .put("processed_at", now)
                .put("currency", "EUR")
                .put("financial_status", "paid")
                .put("total_price", "21.90")
                .put("current_total_price", "21.90")
                .put("email", "shopper@example.com");
        order.putNull("cancelled_at");
        order.putArray("note_attributes");
        order.putArray("line_items")
                .addObject()
                .put("id", 866550311766439020L)
                .put("sku", sku)
                .put("quantity", 1)
                .put("current_quantity", 1)
                .put("price", "21.90");
        return order.toString();
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> task : all.invokeAll(tasks)) {
                results.add(task.get());
            }
        }
        return results;
    }
}
