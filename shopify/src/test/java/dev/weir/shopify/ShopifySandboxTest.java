package dev.weir.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelBench;
import dev.weir.connectors.Listing;
import dev.weir.connectors.Order;
import dev.weir.connectors.OrderLine;
import dev.weir.connectors.OrderPush;
import dev.weir.connectors.Sku;
import dev.weir.connectors.sandbox.SandboxPlatform;
import dev.weir.connectors.sandbox.SandboxStore;
import dev.weir.shopify.internal.sandbox.ShopifySandboxProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is the stand-in no kinder than Shopify? */
class ShopifySandboxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Sku TEE = new Sku("TEE-RED-M");

    private final HttpClient client = HttpClient.newHttpClient();
    private ChannelBench bench;

    @BeforeEach
    void open() {
        bench = new ChannelBench("shopify", Clock.systemUTC());
    }

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void tokenAndVersion_areRefusedAsShopifyRefusesThem() throws Exception {
        assertThat(post("2026-10", "wrong", "{}").statusCode()).isEqualTo(401);
        assertThat(post("2026-10", "wrong", "{}").body()).contains("\"errors\":\"[API] Invalid API key");
        assertThat(post("2027-04", "shpat_sandbox", "{}").statusCode()).isEqualTo(404);
        assertThat(post("2019-04", "shpat_sandbox", "{}").headers().firstValue("X-Shopify-API-Version"))
                .contains("2026-01");
    }

    @Test
    void stockWrite_withoutItsDirectiveOrComparison_isRefused() throws Exception {
        JsonNode plain = set("", ",\"changeFromQuantity\":10", "a", 5);
        assertThat(code(plain)).isEqualTo("BAD_REQUEST");
        assertThat(plain.path("data").path("inventorySetQuantities").isNull()).isTrue();

        assertThat(code(set("@idempotent(key: $key)", "", "b", 5))).isEqualTo("INVALID_FIELD_ARGUMENTS");
        assertThat(code(set("@idempotent(key: $key)", ",\"ignoreCompareQuantity\":true", "c", 5)))
                .isEqualTo("INVALID_VARIABLE");
        assertThat(bench.platform().stock()).containsEntry(TEE, 10);
    }

    @Test
    void keySentAgain_answersAsBefore_andWithOtherArgumentsIsRefused() throws Exception {
        String directive = "@idempotent(key: $key)";
        assertThat(userCode(set(directive, ",\"changeFromQuantity\":10", "k", 5)))
                .isEmpty();
        assertThat(userCode(set(directive, ",\"changeFromQuantity\":10", "k", 5)))
                .isEmpty();
        assertThat(userCode(set(directive, ",\"changeFromQuantity\":10", "k", 6)))
                .isEqualTo("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
        assertThat(userCode(set(directive, ",\"changeFromQuantity\":10", "l", 6)))
                .isEqualTo("CHANGE_FROM_QUANTITY_STALE");
        assertThat(bench.platform().stock()).containsEntry(TEE, 5);
    }

    @Test
    void queryThatCostsTooMuch_orAsksForNoField_isRefused() throws Exception {
        assertThat(code(query("{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id } } } } }")))
                .isEqualTo("MAX_COST_EXCEEDED");
        assertThat(code(query("{ orders { nodes { id } } }"))).isEqualTo("BAD_REQUEST");
        assertThat(code(query("{ shop { noSuchField } }"))).isEqualTo("undefinedField");
        assertThat(code(query("{ shop { "))).isEqualTo("PARSE_ERROR");
    }

    @Test
    void pushedOrder_isLeftOutOfThePoll_andTakesNoUnits() {
        Listing tee = bench.listings().get(TEE);
        OrderLine line = new OrderLine(TEE, 2, tee.price(), List.of());
        String pushed = bench.channel()
                .orderPush(bench.connection())
                .push(new OrderPush.Request(
                        "weir-7",
                        List.of(new OrderPush.Line(line, tee)),
                        line.amount(),
                        "ada@example.com",
                        Map.of("name", "Ada Byron"),
                        Map.of("show", "friday"),
                        "pi_1"));
        String sold = bench.platform().buy(TEE, 1).orderId();

        assertThat(bench.channel().orderPoll(bench.connection()).changedSince(Instant.EPOCH))
                .extracting(Order::externalId)
                .containsExactly(sold);
        assertThat(bench.channel()
                        .orderWebhook(bench.connection())
                        .fetch(pushed)
                        .evidence())
                .containsEntry("source_identifier", "weir-7")
                .containsEntry("note.weir_show", "friday");
        assertThat(bench.platform().stock()).containsEntry(TEE, 9);
    }

    @Test
    void catalogueOfManyPages_isReadWhole() {
        for (int number = 0; number < 205; number++) {
            bench.platform().seed(List.of(ChannelBench.product("MANY-" + number, "One of many", 500, 1)));
        }

        assertThat(bench.listings()).hasSize(208);
    }

    @Test
    void ordersAndStock_surviveARestart(@TempDir Path folder) {
        Path file = folder.resolve("shopify.jsonl");
        SandboxPlatform first = new ShopifySandboxProvider().create(new SandboxStore(file), Clock.systemUTC());
        first.seed(ChannelBench.SHELVES);
        String order = first.buy(TEE, 2).orderId();

        SandboxPlatform second = new ShopifySandboxProvider().create(new SandboxStore(file), Clock.systemUTC());
        second.seed(ChannelBench.SHELVES);

        assertThat(second.stock()).containsEntry(TEE, 8);
        assertThat(second.orders()).singleElement().asString().contains(order);
    }

    private JsonNode set(String directive, String comparison, String key, int quantity) throws Exception {
        String item = bench.listings().get(TEE).stockRef();
        String document = "mutation S($input: I!, $key: String) { inventorySetQuantities(input: $input) " + directive
                + " { inventoryAdjustmentGroup { id } userErrors { field message code } } }";
        String body = """
                {"query":"%s","variables":{"key":"%s","input":{"name":"available","reason":"correction","quantities":[
                 {"inventoryItemId":"%s","locationId":"gid://shopify/Location/75596366001","quantity":%d%s}]}}}""".formatted(document, key, item, quantity, comparison);
        return JSON.readTree(post("2026-10", "shpat_sandbox", body).body());
    }

    private JsonNode query(String document) throws Exception {
        String body = JSON.createObjectNode().put("query", document).toString();
        return JSON.readTree(post("2026-10", "shpat_sandbox", body).body());
    }

    private static String code(JsonNode answer) {
        return answer.path("errors").path(0).path("extensions").path("code").asText();
    }

    private static String userCode(JsonNode answer) {
        assertThat(answer.has("errors")).isFalse();
        return answer.path("data")
                .path("inventorySetQuantities")
                .path("userErrors")
                .path(0)
                .path("code")
                .asText();
    }

    private HttpResponse<String> post(String version, String token, String body) throws Exception {
        URI address = URI.create(bench.server().url("shopify") + "/admin/api/" + version + "/graphql.json");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("X-Shopify-Access-Token", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
