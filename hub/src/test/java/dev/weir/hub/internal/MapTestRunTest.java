package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does {@code ./weir map test} print of a payload, and with which status does it end? */
class MapTestRunTest {
    private static final String ORDER = """
            {"id":820982911946154500,"currency":"EUR","financial_status":"paid","created_at":"2026-11-24T18:00:00+01:00",
             "updated_at":"2026-11-24T18:00:05+01:00","total_price":"25.00","email":"ada@example.com","name":"#1001",
             "line_items":[{"id":7,"sku":"MUG-01","quantity":2,"price":"12.50"}]}""";

    @TempDir
    Path folder;

    private final HeardTerminal heard = new HeardTerminal();

    @BeforeEach
    void payload() throws Exception {
        file("order.json", ORDER);
    }

    @Test
    void goodPayload_printsTheResult_andEndsWithZero() {
        assertThat(run("--map order-webhook")).isZero();

        assertThat(printed())
                .startsWith("shopify/order-webhook, the shipped map:\n{")
                .contains("\"sku\" : \"MUG-01\"");
    }

    @Test
    void faults_arePrintedByField_andEndWithOne() throws Exception {
        file("order.json", ORDER.replace("\"EUR\"", "\"XQX\"").replace("\"quantity\":2", "\"quantity\":1.5"));

        assertThat(run("--map order-webhook")).isEqualTo(1);

        assertThat(printed())
                .contains("3 faults:\n")
                .contains("  order.lines[0].quantity: 1.5 (expected: integer of 1 or more)\n")
                .contains("  order.total.currency: \"XQX\" (expected: an ISO 4217 code)\n");
    }

    @Test
    void otherMap_printsItsDifferencesFromTheShippedOne() throws Exception {
        Path other =
                file("other.jslt", shipped().replace("\"PAID\"", "\"PENDING\"").replace("\"buyerEmail\"", "\"mail\""));

        assertThat(run("--map order-webhook --with " + other)).isZero();

        assertThat(printed())
                .contains("Nobody reads order.mail.")
                .contains("Differences, from what the shipped map writes to what " + other + " writes:\n"
                        + "  state: \"PAID\" -> \"PENDING\"\n"
                        + "  buyerEmail: \"ada@example.com\" -> nothing\n"
                        + "  mail: nothing -> \"ada@example.com\"\n");
    }

    @Test
    void folderOfOverrides_isHeldAgainstTheShippedMap() throws Exception {
        file("data/mappings/shopify/fields/order-webhook.jslt", shipped());

        assertThat(run("--map order-webhook --data " + folder.resolve("data"))).isZero();

        assertThat(printed()).endsWith("No difference from what the shipped map writes.\n");
    }

    @Test
    void brokenMap_isToldWithItsPlace() throws Exception {
        Path broken = file("broken.jslt", "{\n  \"sku\": ]}");

        assertThat(run("--map order-webhook --with " + broken)).isEqualTo(1);

        assertThat(printed()).contains("Refused: source: line 2, column 10: ");
    }

    @Test
    void whatIsNotThere_isNamed_andEndsWithTwo() throws Exception {
        assertThat(run("--map parcel")).isEqualTo(2);
        assertThat(wrong()).contains("weir: --map: parcel (expected: one of [listing, order, order-webhook");
        assertThat(run("--with nowhere.jslt")).isEqualTo(2);
        assertThat(wrong()).contains("--with: nowhere.jslt (expected: a file that exists)");
        assertThat(run("--brand kiln")).isEqualTo(2);
        assertThat(wrong()).contains("WEIR_KEY: missing (expected: an ops key of kiln");
        file("order.json", "{\n\"half\":");
        assertThat(run("")).isEqualTo(2);
        assertThat(wrong()).contains("order.json, line 2 (expected: JSON)");
    }

    @Test
    void mapOfABrand_isAskedOfAHubThatRuns() throws Exception {
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/api/mappings/shopify/order-webhook", exchange -> {
            boolean known = "Bearer k".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] answer = (known
                            ? "{\"brand\":\"kiln\",\"origin\":\"BRAND\",\"version\":4,\"source\":\"{\\\"state\\\": \\\"GONE\\\"}\"}"
                            : "{\"detail\":\"Authorization: unknown\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        hub.start();
        try {
            String at = " --map order-webhook --hub http://localhost:"
                    + hub.getAddress().getPort();
            assertThat(run("--brand kiln --key k" + at)).isEqualTo(1);
            assertThat(printed())
                    .contains("shopify/order-webhook, version 4 of kiln:")
                    .contains("order.state: \"GONE\"");
            assertThat(run("--brand loom --key k" + at)).isEqualTo(2);
            assertThat(wrong()).contains("--brand: loom (expected: kiln, whose key it is)");
            assertThat(run("--brand kiln --key other" + at)).isEqualTo(2);
            assertThat(wrong()).contains("weir: Authorization: unknown");
        } finally {
            hub.stop(0);
        }
    }

    private int run(String options) {
        String line =
                "map test shopify " + folder.resolve("order.json") + (options.isEmpty() ? "" : " " + options.strip());
        boolean placed = options.contains("--data");
        CommandLine command = CommandLine.parse((line + (placed ? "" : " --data " + folder)).split(" "));
        heard.forget();
        return new MapTestRun((CommandLine.MapTest) command, Map.of(), heard.terminal()).run();
    }

    private String wrong() {
        assertThat(printed()).isEmpty();
        return heard.wrong();
    }

    private String printed() {
        return heard.said();
    }

    private static String shipped() throws Exception {
        try (var in = MapTestRunTest.class.getResourceAsStream("/mappings/shopify/fields/order-webhook.jslt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path file(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
