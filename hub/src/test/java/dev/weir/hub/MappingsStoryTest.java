package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    private static final String CATEGORIES = "/api/mappings/bigcommerce/tables/categories";

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
    void tableOfCategories_isReadByMapsAtOnce_extendedByWhoSawTheNewest_andTakenBack() throws Exception {
        assertThat(tried("mug").toString()).contains("table categories: not there (expected: a table of the channel)");
        assertThat(put(CATEGORIES, "{\"source\":\"{\\\"mug\\\":\\\"600001\\\"}\",\"by\":\"Noor\",\"note\":\"first\"}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(tried("mug").path("result").path("title").asText()).isEqualTo("600001");
        assertThat(tried("bowl").toString()).contains("(expected: one of its 1 keys)");

        String both = "{\"source\":\"{\\\"mug\\\":\\\"600001\\\",\\\"bowl\\\":\\\"600002\\\"}\",\"basedOn\":%d}";
        assertThat(put(CATEGORIES, both.formatted(0)).status()).isEqualTo(409);
        assertThat(put(CATEGORIES, both.formatted(1)).json().path("version").asInt())
                .isEqualTo(2);
        assertThat(tried("bowl").path("result").path("title").asText()).isEqualTo("600002");

        assertThat(demo.post(CATEGORIES + "/rollback", "ops", "{\"version\":1}")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(3);
        assertThat(tried("bowl").toString()).contains("(expected: one of its 1 keys)");
        assertThat(demo.post(CATEGORIES + "/rollback", "ops", "{\"version\":9}").status())
                .isEqualTo(404);

        for (int i = 0; i < 2; i++) {
            assertThat(demo.delete(CATEGORIES, "ops").status()).isEqualTo(204);
        }
        assertThat(tried("mug").toString()).contains("table categories: not there");
        JsonNode kept = get(CATEGORIES);
        assertThat(kept.path("origin").isNull()).isTrue();
        assertThat(kept.path("versions").findValuesAsText("version")).containsExactly("4", "3", "2", "1");
        assertThat(kept.path("versions").path(3).path("author").asText()).isEqualTo("Noor (ops/demo)");
        assertThat(kept.path("versions").path(3).path("note").asText()).isEqualTo("first");
    }

    @Test
    void tableOfABrand_isForItsOpsAlone() throws Exception {
        String table = "/api/mappings/bigcommerce/tables/attributes";
        assertThat(put(table, body("source", "{\"colour\":\"Color\"}")).status())
                .isEqualTo(200);

        OtherBrand other = new OtherBrand(demo);
        assertThat(other.call("GET", table, "ops").status()).isEqualTo(404);
        assertThat(other.call("GET", "/api/mappings", "ops")
                        .json()
                        .path("items")
                        .findValuesAsText("name"))
                .contains("listing")
                .doesNotContain("tables/attributes");
        for (String role : new String[] {"operator", "producer", "finance"}) {
            assertThat(demo.get(table, role).status()).isEqualTo(403);
            assertThat(demo.put(table, role, body("source", "{}")).status()).isEqualTo(403);
        }
        assertThat(get("/api/mappings").path("items").findValuesAsText("name")).contains("tables/attributes");
        assertThat(put("/api/mappings/bigcommerce/tables/UPPER", body("source", "{}"))
                        .status())
                .isEqualTo(422);
        assertThat(put(table, "{}").status()).isEqualTo(422);
        assertThat(get(table).path("source").asText()).isEqualTo("{\"colour\":\"Color\"}");
    }

    @Test
    void mapsAreListed_forOpsAlone() {
        assertThat(get("/api/mappings").path("items").findValuesAsText("name")).contains("order", "listing", "item");
        assertThat(demo.get("/api/mappings", "operator").status()).isEqualTo(403);
        assertThat(demo.get("/api/mappings", "").status()).isEqualTo(401);
    }

    /** What a map makes of a product of that type, by the table. */
    private static JsonNode tried(String type) throws Exception {
        String source = "{\"sku\": .sku, \"title\": table(\"categories\", .type), \"externalId\": \"1\","
                + " \"price\": {\"amount\": \"1.00\", \"currency\": \"EUR\"}}";
        String payload = "{\"sku\":\"MUG-01\",\"type\":\"" + type + "\"}";
        return demo.post("/api/mappings/bigcommerce/listing/test", "ops", body("source", source, "payload", payload))
                .json();
    }

    private static JsonNode get(String path) {
        return demo.get(path, "ops").json();
    }

    private static DemoProcess.Answer put(String path, String body) {
        return demo.put(path, "ops", body);
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
