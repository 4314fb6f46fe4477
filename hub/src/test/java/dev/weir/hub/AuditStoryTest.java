package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each thing that people do at the built hub is told once, with who did it, to those who may know. */
@ExtendWith(SharedDemo.class)
class AuditStoryTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @ParameterizedTest
    @CsvSource({
        "'',ops,200",
        "'',operator,200",
        "'',producer,403",
        "'',finance,403",
        "'','',401",
        "?limit=0,ops,422",
        "?limit=201,ops,422",
        "?act=NOTHING,ops,422",
        "?after=somewhere,ops,422",
        "?q=%00,ops,422"
    })
    void audit_isForOpsAndOperators_andBounded(String query, String role, int status) {
        DemoProcess.Answer answer = demo.get("/api/audit" + query, role);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void map_isToldOnceItIsInForce_andNotWhenItWasRefused() {
        String map = "/api/mappings/magento/tables/told-once";
        put(map, "ops", "{\"source\":\"[1]\"}", 422);
        assertThat(told("told-once")).isEmpty();

        put(map, "ops", "{\"source\":\"{}\",\"by\":\"Noor\",\"note\":\"a table\"}", 200);

        JsonNode act = only(told("told-once"));
        assertThat(act.path("act").asText()).isEqualTo("MAPPING_CHANGED");
        assertThat(act.path("subject").asText()).isEqualTo("magento/tables/told-once@1");
        assertThat(act.path("by").asText()).isEqualTo("Noor (ops/demo)");
        assertThat(act.path("words").asText()).isEqualTo("a table");
    }

    @Test
    void connection_isToldByName_withoutASecret() {
        String made = demo.post("/api/connections", "operator", """
                        {"channel":"instagram","name":"Audited shop","settings":{"accessToken":"never-told-4711",
                         "appSecret":"never-told-4712","catalogId":"1","shopUrl":"https://shop.example/products",
                         "verifyToken":"never-told-4713","baseUrl":"%s"}}""".formatted(demo.sandbox("/nowhere")))
                .json()
                .path("id")
                .asText();
        assertThat(only(told(made)).path("act").asText()).isEqualTo("CONNECTION_CREATED");
        assertThat(demo.delete("/api/connections/" + made, "operator").status()).isEqualTo(204);

        JsonNode acts = told(made);
        assertThat(acts).hasSize(2);
        assertThat(acts.path(0).path("act").asText()).isEqualTo("CONNECTION_REMOVED");
        assertThat(acts.path(0).path("words").asText()).isEqualTo("Audited shop at instagram");
        assertThat(acts.path(0).path("by").asText()).isEqualTo("operator/demo");
        assertThat(demo.get("/api/audit?limit=200", "ops").text()).doesNotContain("never-told");
    }

    @Test
    void endpoint_isToldWhenItIsSwitched_andWhenItIsChanged() {
        String at = "/api/webhook-endpoints";
        String body = "{\"name\":\"Audited\",\"url\":\"http://127.0.0.1:9/x\",\"types\":[\"order.paid\"]}";
        String key = "audited-" + System.nanoTime();
        String made = demo.post(at, "operator", body, "Idempotency-Key", key)
                .json()
                .path("id")
                .asText();
        demo.post(at, "operator", body, "Idempotency-Key", key);
        put(at + "/" + made, "operator", "{\"on\":false}", 200);
        put(at + "/" + made, "operator", "{\"name\":\"Audited anew\"}", 200);
        assertThat(demo.delete(at + "/" + made, "operator").status()).isEqualTo(204);

        JsonNode acts = told(made);
        assertThat(acts.findValuesAsText("act"))
                .containsExactly("ENDPOINT_REMOVED", "ENDPOINT_CHANGED", "ENDPOINT_SWITCHED", "ENDPOINT_CREATED");
        assertThat(acts.path(2).path("words").asText()).isEqualTo("Audited, off");
    }

    @Test
    void version_ofARoute_isTold_withItsAuthor() {
        String yaml = demo.get("/api/routes/order-push-drain", "ops")
                .json()
                .path("yaml")
                .asText()
                .replaceFirst("period: \\d+", "period: 950");
        JsonNode version = demo.post(
                        "/api/routes",
                        "ops",
                        DemoProcess.JSON
                                .createObjectNode()
                                .put("yaml", yaml)
                                .put("note", "audited route")
                                .toString())
                .json()
                .path("items")
                .path(0);

        JsonNode act = only(told("audited%20route"));
        assertThat(act.path("act").asText()).isEqualTo("ROUTE_PROPOSED");
        assertThat(act.path("subject").asText())
                .isEqualTo("order-push-drain@" + version.path("version").asInt());
        assertThat(act.path("by").asText()).isEqualTo("ops/demo");
    }

    @Test
    void deliveries_areToldOnceEach_andManyAtOnceAsOne_withTheirPages() {
        String delivery = delivered("PLATE-CLAY");
        String other = delivered("PLATE-CLAY");
        assertThat(demo.post("/api/webhooks/" + delivery + "/replay", "ops", "{}")
                        .status())
                .isEqualTo(202);
        assertThat(only(told(delivery)).path("act").asText()).isEqualTo("WEBHOOK_REPLAYED");
        String nobody = "00000000-0000-4000-8000-000000000000";
        assertThat(demo.post("/api/webhooks/" + nobody + "/replay", "ops", "{}").status())
                .isEqualTo(404);
        assertThat(told(nobody)).isEmpty();
        await().atMost(Duration.ofSeconds(60)).until(() -> settled(delivery) && settled(other));

        DemoProcess.Answer many = demo.post("/api/webhooks/replays", "ops", "{\"rate\":50,\"most\":2}");
        assertThat(many.status()).as(many.text()).isEqualTo(202);
        String replay = many.json().path("id").asText();
        await().atMost(Duration.ofSeconds(60)).until(() -> replay(replay).hasNonNull("endedAt"));
        assertThat(replay(replay).path("done").asInt()).isEqualTo(2);
        assertThat(only(told(replay)).path("words").asText()).startsWith("2 at 50 a second");

        JsonNode first = demo.get("/api/audit?limit=1", "ops").json();
        JsonNode second = demo.get(
                        "/api/audit?limit=1&after="
                                + first.path("nextCursor").asText().replace("@", "%40"),
                        "ops")
                .json();
        assertThat(second.path("items"))
                .hasSize(1)
                .doesNotContain(first.path("items").path(0));
    }

    @Test
    void replayOfMany_isForOpsAlone_andBounded() {
        String at = "/api/webhooks/replays";
        assertThat(demo.post(at, "operator", "{}").status()).isEqualTo(403);
        assertThat(demo.post(at, "ops", "{\"rate\":51}").text()).contains("rate: 51 (expected: 1..50)");
        assertThat(demo.post(at, "ops", "{\"most\":1001}").text()).contains("most: 1001 (expected: 1..1000)");
        assertThat(demo.post(at, "ops", "{\"q\":\"nobody ever said this\"}").status())
                .isEqualTo(422);
        assertThat(demo.post(at + "/00000000-0000-4000-8000-000000000000/stop", "ops", "{}")
                        .status())
                .isEqualTo(404);
    }

    /** The id of a delivery that is through. */
    private static String delivered(String sku) {
        String order = demo.post(
                        demo.sandbox("/sandbox/tiktok-shop/orders"),
                        null,
                        "{\"sku\":\"%s\",\"quantity\":1}".formatted(sku).getBytes(StandardCharsets.UTF_8))
                .json()
                .path("orderId")
                .asText();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> demo.delivery("tiktok-shop", order)
                        .path("state")
                        .asText()
                        .equals("PROCESSED"));
        return demo.delivery("tiktok-shop", order).path("id").asText();
    }

    private static boolean settled(String delivery) {
        return !demo.get("/api/webhooks/" + delivery, "ops")
                .json()
                .path("state")
                .asText()
                .equals("RECEIVED");
    }

    private static JsonNode replay(String id) {
        JsonNode items = demo.get("/api/webhooks/replays", "ops").json().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode told(String text) {
        return demo.get("/api/audit?q=" + text, "operator").json().path("items");
    }

    private static JsonNode only(JsonNode acts) {
        assertThat(acts).as(acts.toString()).hasSize(1);
        return acts.path(0);
    }

    private static void put(String path, String role, String body, int status) {
        DemoProcess.Answer answer = demo.send(HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + demo.key(role))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }
}
