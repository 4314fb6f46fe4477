package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs at shops, scripts are told as lines or as JSON, with a status that says whether somebody has to look. */
class DriftRunTest {
    private static final String ENTRY = """
            {"id":"d1","state":"%s","kind":"STOCK","subject":"MUG","expected":"5","seen":"9","cause":"MANUAL_EDIT",\
            "words":"The shop says that it was set"}""";
    private static final String SHOPS = "\"shops\":[{\"id\":\"c1\",\"name\":\"Tonwerk\",\"channel\":\"shopify\"}]";
    private static final String RUN = """
            {"run":{"id":"r1","state":"DONE","skus":24,"orders":3,"listings":0,"found":1,"gone":0,"heldBack":null}}""";

    private final HeardTerminal heard = new HeardTerminal();
    private final FakeHub hub =
            new FakeHub((call, sent) -> new FakeHub.Answer(call.endsWith("/undo") ? 409 : 200, body(call)));
    private String state = "OPEN";

    @AfterEach
    void close() {
        hub.close();
    }

    private String body(String call) {
        return switch (call) {
            case "POST /api/drift/runs" -> "{\"id\":\"r1\"}";
            case "GET /api/drift/runs/r1" -> RUN;
            case "POST /api/drift/d1/heal" -> ENTRY.formatted("HEALED");
            case "POST /api/drift/d1/undo" -> "{\"detail\":\"the shop shows 7 meanwhile\"}";
            default -> "{\"items\":[" + ENTRY.formatted(state) + "],\"nextCursor\":null," + SHOPS + "}";
        };
    }

    @Test
    void list_saysWhatDiffers_andItsStatusWhetherSomebodyHasToLook() {
        assertThat(run("list")).isZero();
        assertThat(text()).contains("d1  OPEN", "MUG: expected 5, seen 9 (MANUAL_EDIT)");

        state = "ASKS";
        assertThat(run("list")).isEqualTo(1);
        assertThat(wrong()).isEmpty();
    }

    @Test
    void json_isTheHubsAnswer_withTheSameStatus() throws IOException {
        state = "ASKS";
        assertThat(run("list", "--json")).isEqualTo(1);

        assertThat(json().path("items").path(0).path("id").asText()).isEqualTo("d1");
        assertThat(json().path("shops")).hasSize(1);
    }

    @Test
    void runAsJson_isOneDocument_ofTheRunAndWhatItFound() throws IOException {
        assertThat(run("run", "shopify", "--json")).isZero();

        assertThat(hub.asked)
                .containsExactly(
                        "GET /api/drift?limit=1",
                        "POST /api/drift/runs {\"mode\":\"HEAL\",\"listings\":false,\"connectionId\":\"c1\",\"force\":false}",
                        "GET /api/drift/runs/r1",
                        "GET /api/drift?limit=200&run=r1");
        assertThat(json().path("run").path("skus").asInt()).isEqualTo(24);
        assertThat(json().path("items")).hasSize(1);
    }

    @Test
    void run_saysHowMuchWasCompared() {
        assertThat(run("run", "Tonwerk")).isZero();

        assertThat(text()).contains("24 SKUs, 3 orders and 0 listings compared: 1 differ", "d1  OPEN");
    }

    @Test
    void heal_isTold_andWhatIsRefusedStandsOnStandardError() throws IOException {
        assertThat(run("heal", "d1", "--json")).isZero();
        assertThat(json().path("state").asText()).isEqualTo("HEALED");
        heard.forget();

        assertThat(run("undo", "d1", "--json")).isEqualTo(1);
        assertThat(run("run", "elsewhere")).isEqualTo(1);

        assertThat(wrong().lines())
                .containsExactly(
                        "weir: the shop shows 7 meanwhile",
                        "weir: SHOP: elsewhere (expected: the id, name or channel of one shop; 0 match)");
        assertThat(text()).isEmpty();
    }

    private int run(String... words) {
        List<String> args = new ArrayList<>(List.of("drift"));
        args.addAll(Arrays.asList(words));
        args.addAll(List.of("--hub", hub.url().toString(), "--key", "k"));
        CommandLine command = CommandLine.parse(args.toArray(String[]::new));
        return new DriftRun((CommandLine.Drift) command, Map.of(), heard.terminal()).run();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(text());
    }

    private String text() {
        return heard.said();
    }

    private String wrong() {
        return heard.wrong();
    }
}
