package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an operator has a catalogue brought in again and watches it come, over HTTP against the built hub. */
@ExtendWith(SharedDemo.class)
class CatalogueStoryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static DemoProcess demo;
    private String connection = "";

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @ParameterizedTest
    @CsvSource({"ops,403", "producer,403", "finance,403", "'',401"})
    void catalogue_isTheOperatorsAlone(String role, int status) {
        String shop = new ConnectedShop(demo, "shopify").path();

        assertThat(demo.post(shop + "/import", role, "").status()).isEqualTo(status);
        assertThat(demo.get(shop + "/catalogue", role).status()).isEqualTo(status);
    }

    @Test
    void shopOfAnotherBrand_isNotFound_asOneThatIsNone() throws Exception {
        String shop = new ConnectedShop(demo, "shopify").path();
        OtherBrand other = new OtherBrand(demo);

        assertThat(other.call("POST", shop + "/import", "operator").status()).isEqualTo(404);
        assertThat(other.call("GET", shop + "/catalogue", "operator").status()).isEqualTo(404);
        assertThat(other.call("GET", "/api/connections", "operator").json().path("items"))
                .isEmpty();
        assertThat(demo.post("/api/connections/nonsense/import", "operator", "").status())
                .isEqualTo(404);
        assertThat(demo.get("/api/connections/" + java.util.UUID.randomUUID() + "/catalogue", "operator")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void importThatIsUnderWay_isNotBegunTwice_showsHowFarItIs_andIsBegunAnewOnceItEnded() throws Exception {
        try (HouseCatalogue house = new HouseCatalogue()) {
            connect(house);
            await().atMost(SOON).until(() -> progress().path("seen").asInt() == 3);

            JsonNode halfWay = progress();
            assertThat(halfWay.path("done").asBoolean()).isFalse();
            assertThat(halfWay.path("taken").asInt()).isEqualTo(2);
            assertThat(halfWay.path("leftOut").asInt()).isEqualTo(1);
            assertThat(halfWay.path("endedAt").isNull()).isTrue();
            JsonNode since = standing().path("since");
            for (int i = 0; i < 2; i++) {
                DemoProcess.Answer again = demo.post(connection + "/import", "operator", "");
                assertThat(again.status()).as(again.text()).isEqualTo(202);
                assertThat(again.json().path("catalogue").path("state").asText())
                        .isEqualTo("RUNNING");
                assertThat(again.json().path("catalogue").path("since")).isEqualTo(since);
            }
            assertThat(house.begun()).isEqualTo(1);

            house.release();
            ended();
            assertThat(progress().path("seen").asInt()).isEqualTo(4);
            assertThat(progress().path("fresh").asInt()).isZero();

            assertThat(demo.post(connection + "/import", "operator", "").status())
                    .isEqualTo(202);
            await().atMost(SOON).until(() -> house.begun() == 2);
            ended();
            assertThat(demo.get(connection + "/catalogue", "operator").json().path("refused"))
                    .isEmpty();
        } finally {
            demo.delete(connection, "operator");
        }
        assertThat(demo.get(connection + "/catalogue", "operator").status()).isEqualTo(404);
    }

    /** The standing is this hub's, the progress the database's. */
    private void ended() {
        await().atMost(SOON)
                .until(() -> standing().path("state").asText().equals("DONE")
                        && progress().path("done").asBoolean());
    }

    private void connect(HouseCatalogue house) {
        ObjectNode body =
                DemoProcess.JSON.createObjectNode().put("channel", "pim").put("name", "House");
        body.putObject("settings")
                .put("catalogueUrl", house.address("/products").toString())
                .put("stockUrl", house.address("/stock").toString())
                .put("ordersUrl", house.address("/orders").toString());
        DemoProcess.Answer made = demo.post("/api/connections", "operator", body.toString());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        connection = "/api/connections/" + made.json().path("id").asText();
    }

    private JsonNode progress() {
        return demo.get(connection + "/catalogue", "operator").json().path("in");
    }

    private JsonNode standing() {
        return demo.get(connection, "operator").json().path("catalogue");
    }
}
