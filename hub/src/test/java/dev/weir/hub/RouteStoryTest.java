package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How ops change a route of the built hub over HTTP, with a second person where orders go through. */
@ExtendWith(SharedDemo.class)
class RouteStoryTest {
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void routeOfOrders_isChangedByTwoPersons_andTakenBackByOne() throws Exception {
        String yaml = route("order-push-drain").path("yaml").asText();
        JsonNode version = post("/api/routes", file(yaml.replace("period: 1000", "period: 900")), 201)
                .path("items")
                .get(0);
        assertThat(version.path("diff").asText()).contains("+         period: 900");
        assertThat(version.path("needsApproval").asBoolean()).isTrue();
        String path = "/api/routes/order-push-drain/versions/"
                + version.path("version").asInt();

        assertThat(post(path + "/apply", "{}", 409).path("detail").asText()).contains("waits for approval");
        post(path + "/approve", "{}", 409);
        assertThat(demo.post(path + "/approve", "operator", "{}").status()).isEqualTo(200);
        assertThat(post(path + "/apply", "{}", 200).path("running").asInt())
                .isEqualTo(version.path("version").asInt());
        assertThat(listed("order-push-drain").path("version").asInt())
                .isEqualTo(version.path("version").asInt());

        assertThat(post("/api/routes/order-push-drain/rollback", "{}", 200)
                        .path("running")
                        .asInt())
                .isEqualTo(version.path("basedOn").asInt());
        assertThat(route("order-push-drain").path("decisions").findValuesAsText("kind"))
                .startsWith("ROLLED_BACK", "APPLIED", "APPROVED");
    }

    @Test
    void fileThatReachesOutOfTheHouse_isRefusedWithItsLine() throws Exception {
        String yaml = route("chores").path("yaml").asText().replace("ref: choreSteps", "ref: runtime");
        JsonNode refused = post("/api/routes", file(yaml), 422);
        assertThat(refused.path("wrongs").get(0).path("line").asInt()).isPositive();
        assertThat(refused.path("detail").asText()).contains("runtime.look (expected: one of");
        assertThat(post("/api/routes/validate", file(yaml), 200).path("ok").asBoolean(true))
                .isFalse();
        assertThat(post("/api/routes/dry-run", file(yaml), 422).path("wrongs")).isNotEmpty();
        assertThat(demo.get("/api/routes/nothing", "ops").status()).isEqualTo(404);
    }

    @Test
    void routesAreChanged_byOpsAlone() {
        assertThat(demo.post("/api/routes", "operator", "{}").status()).isEqualTo(403);
        assertThat(demo.post("/api/routes/chores/rollback", "finance", "{}").status())
                .isEqualTo(403);
        assertThat(demo.get("/api/routes/chores", "").status()).isEqualTo(401);
    }

    private static JsonNode route(String id) {
        return demo.get("/api/routes/" + id, "ops").json();
    }

    private static JsonNode listed(String id) {
        for (JsonNode item : demo.get("/api/routes", "ops").json().path("items")) {
            if (item.path("id").asText().startsWith(id)) {
                return item;
            }
        }
        throw new AssertionError(id + " is not listed");
    }

    private static JsonNode post(String path, String body, int status) {
        DemoProcess.Answer answer = demo.post(path, "ops", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    private static String file(String yaml) {
        ObjectNode body = DemoProcess.JSON.createObjectNode();
        return body.put("yaml", yaml).toString();
    }
}
