package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How ops look at a map, try another one, put it in force and take it back, over HTTP against the built hub. */
@ExtendWith(SharedDemo.class)
class MappingsStoryTest {
    private static final String MAP = "/api/mappings/magento/listing";
    private static final String OURS = "{\"sku\": .sku, \"title\": \"Ours: \" + .name, \"externalId\": \"1\","
            + " \"price\": {\"amount\": \"1.00\", \"currency\": .weir_currency}}";

    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void map_isTried_putInForce_andTakenBack_withAllItsVersionsKept() throws Exception {
        assertThat(get(MAP).path("origin").asText()).isEqualTo("SHIPPED");
        String payload = "{\"sku\":\"MUG-01\",\"name\":\"Mug\",\"price\":2.5,\"id\":1,\"weir_currency\":\"EUR\"}";

        JsonNode tried = demo.post(MAP + "/test", "ops", body("source", OURS, "payload", payload))
                .json();
        assertThat(tried.path("ok").asBoolean()).as(tried.toString()).isTrue();
        assertThat(tried.path("differences").findValuesAsText("field")).contains("title", "price.amount");
        assertThat(get(MAP).path("versions")).isEmpty();

        assertThat(put(MAP, body("source", OURS)).json().path("version").asInt())
                .isEqualTo(1);
        assertThat(put(MAP, body("source", "{\"sku\": ")).status()).isEqualTo(422);
        assertThat(get(MAP).path("source").asText()).isEqualTo(OURS);
        assertThat(put(MAP, "{\"source\":\"{}\",\"basedOn\":0}").status()).isEqualTo(409);

        assertThat(demo.delete(MAP, "ops").status()).isEqualTo(204);
        assertThat(get(MAP).path("origin").asText()).isEqualTo("SHIPPED");
        assertThat(demo.post(MAP + "/rollback", "ops", "{\"version\":1}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
        assertThat(get(MAP).path("versions").findValuesAsText("version")).containsExactly("3", "2", "1");
        assertThat(get(MAP + "?version=1").path("source").asText()).isEqualTo(OURS);
        assertThat(demo.delete(MAP, "ops").status()).isEqualTo(204);
    }

    @Test
    void faultsOfAPayload_areToldByField() throws Exception {
        JsonNode tried = demo.post(
                        MAP + "/test",
                        "ops",
                        body("payload", "{\"sku\":\"a b\",\"name\":\"Mug\",\"price\":1,\"id\":1}"))
                .json();

        assertThat(tried.path("ok").asBoolean(true)).isFalse();
        assertThat(tried.path("faults").findValuesAsText("field")).contains("listing.sku", "listing.price.currency");
    }

    @Test
    void tables_areKeptLikeMaps_andUnknownNamesAreRefused() throws Exception {
        String table = "/api/mappings/magento/tables/sizes";

        assertThat(put(table, body("source", "{\"m\": \"Medium\"}")).status()).isEqualTo(200);
        assertThat(get(table).path("source").asText()).isEqualTo("{\"m\": \"Medium\"}");
        assertThat(put(table, body("source", "[1]")).status()).isEqualTo(422);
        assertThat(put("/api/mappings/magento/ordr", body("source", "{}")).status())
                .isEqualTo(404);
        assertThat(put("/api/mappings/nowhere/order", body("source", "{}")).status())
                .isEqualTo(404);
        assertThat(demo.get("/api/mappings/magento/ordr", "ops").status()).isEqualTo(404);
    }

    @Test
    void mapsAreListed_forOpsAlone() {
        assertThat(get("/api/mappings").path("items").findValuesAsText("name")).contains("order", "listing", "item");
        assertThat(demo.get("/api/mappings", "operator").status()).isEqualTo(403);
        assertThat(demo.get("/api/mappings", "").status()).isEqualTo(401);
    }

    private static JsonNode get(String path) {
        return demo.get(path, "ops").json();
    }

    private static DemoProcess.Answer put(String path, String body) {
        return demo.send(HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + demo.key("ops"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String body(String name, String source) throws Exception {
        ObjectMapper json = new ObjectMapper();
        return name.equals("payload") ? "{\"payload\":" + source + "}" : json.writeValueAsString(Map.of(name, source));
    }

    private static String body(String source, String text, String payload, String value) throws Exception {
        return "{\"" + source + "\":" + new ObjectMapper().writeValueAsString(text) + ",\"" + payload + "\":" + value
                + "}";
    }
}
