package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which purchases the platform that brought the buyer was told of, and how one is told again, over HTTP against the built hub. */
@ExtendWith(SharedDemo.class)
class ConversionStoryTest {
    private static final String PATH = "/api/conversions";
    private static final String CARD = "4242424242424242";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @ParameterizedTest
    @CsvSource({
        "'',operator,200",
        "'',ops,200",
        "'',producer,403",
        "'',finance,403",
        "'','',401",
        "?limit=0,ops,422",
        "?limit=201,ops,422",
        "?state=nothing,ops,422",
        "?state=parked,ops,200"
    })
    void purchasesTold_areForOperatorsAndOps_andBounded(String query, String role, int status) {
        DemoProcess.Answer answer = demo.get(PATH + query, role);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    @Test
    void purchaseThatTheBrandCannotReportYet_isParked_andToldOnRequestOnceItCan() throws Exception {
        ConnectedShop meta = new ConnectedShop(demo, "instagram");
        String dataset = meta.view().path("settings").path("datasetId").asText();
        meta.enter("datasetId", "");
        String order;
        try {
            order = bought();
            becomes(order, "PARKED");
            assertThat(entry(order, "parked").path("reason").asText()).contains("datasetId is missing");
            assertThat(entry(order, "told").isMissingNode()).isTrue();
        } finally {
            meta.enter("datasetId", dataset);
        }
        String retry = PATH + "/" + order + "/" + meta.id() + "/retry";
        assertThat(demo.post(retry, "finance", "").status()).isEqualTo(403);
        assertThat(new OtherBrand(demo).call("POST", retry, "ops").status()).isEqualTo(404);

        assertThat(demo.post(retry, "ops", "").status()).isEqualTo(202);

        becomes(order, "TOLD");
        assertThat(entry(order, "told").path("doneAt").isNull()).isFalse();
        assertThat(demo.post(retry, "ops", "").status()).as("told already").isEqualTo(404);
    }

    @Test
    void whatIsNoPurchase_cannotBeToldAgain() {
        String nobody = UUID.randomUUID().toString();

        assertThat(demo.post(PATH + "/" + nobody + "/" + nobody + "/retry", "ops", "")
                        .status())
                .isEqualTo(404);
        assertThat(demo.post(PATH + "/x/y/retry", "ops", "").status()).isEqualTo(404);
    }

    /** By a buyer whom a link under a reel brought into the show. */
    private static String bought() {
        JsonNode hold =
                demo.post("/api/holds", "", """
                        {"showId":"%s","lines":[{"sku":"VASE-CLAY","quantity":1}],"channel":"instagram",
                         "touch":{"campaign":{"utm_source":"ig","fbclid":"IwAR1"}}}""".formatted(demo.showId())).json();
        JsonNode checkout = demo.checkout(hold.path("token").asText()).json();
        demo.confirm(checkout, CARD);
        String path = "/api/checkouts/" + checkout.path("id").asText();
        await().atMost(SOON).until(() -> demo.get(path, "").json().hasNonNull("orderId"));
        return demo.get(path, "").json().path("orderId").asText();
    }

    private static void becomes(String order, String state) {
        await().atMost(SOON).until(() -> entry(order, "").path("state").asText().equals(state));
    }

    private static JsonNode entry(String order, String state) {
        String query = state.isEmpty() ? "" : "&state=" + state;
        for (JsonNode one :
                demo.get(PATH + "?limit=200" + query, "operator").json().path("items")) {
            if (one.path("orderId").asText().equals(order)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }
}
