package dev.weir.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose map is in force, and what becomes of one that is broken, endless or too large? */
class MappingsTest {
    private static final MapName ORDER = new MapName("example", "order");
    private static final MapName STATES = MapName.table("example", "states");
    private static final String PAYLOAD = """
            {"number":"1001","status":"paid","at":"2026-11-24T18:00:00Z","currency":"EUR","total":"25.00",
             "items":[{"code":"MUG-01","count":2,"price":"12.50","currency":"EUR","id":"7"}]}""";

    @TempDir
    Path folder;

    private final Map<String, MapText> brands = new HashMap<>();
    private int saves;

    @Test
    void shippedMap_writesAnOrder_withTheTableOfItsChannel() throws Exception {
        Order order = Canonical.order(new Mappings(null).apply("example", "order", payload()));

        assertThat(order.state()).isEqualTo(Order.State.PAID);
        assertThat(order.lines()).hasSize(1);
    }

    @Test
    void brandsOwnMap_winsOverTheFolders_andThatOverTheShippedOne() throws Exception {
        Mappings mappings = mappings();
        assertThat(mappings.inForce("kiln", ORDER)).map(MapText::origin).hasValue(MapText.Origin.SHIPPED);

        file("fields/order.jslt", "{\"by\": \"folder\"}");
        Mappings anew = mappings();
        assertThat(by(anew, "kiln")).isEqualTo("folder");

        save("kiln", ORDER, "{\"by\": \"kiln\"}");
        assertThat(by(anew, "kiln")).isEqualTo("kiln");
        assertThat(by(anew, "loom")).isEqualTo("folder");
        assertThat(anew.of(connection("kiln"))
                        .apply("example", "order", payload())
                        .path("by")
                        .asText())
                .isEqualTo("kiln");
        assertThat(anew.apply("example", "order", payload()).path("by").asText())
                .isEqualTo("folder");
    }

    @Test
    void savedVersion_isInForceAtOnce_andTheDefaultIsBackWhenItIsTakenAway() throws Exception {
        Mappings mappings = mappings();
        save("kiln", ORDER, "{\"by\": \"first\"}");
        assertThat(by(mappings, "kiln")).isEqualTo("first");

        save("kiln", ORDER, "{\"by\": \"second\"}");
        assertThat(by(mappings, "kiln")).isEqualTo("second");

        brands.clear();
        assertThat(mappings.apply(connection("kiln"), "order", payload())
                        .path("externalId")
                        .asText())
                .isEqualTo("1001");
    }

    @Test
    void brokenVersion_leavesTheOneBeforeInForce() throws Exception {
        Mappings mappings = mappings();
        save("kiln", ORDER, "{\"by\": \"first\"}");
        assertThat(by(mappings, "kiln")).isEqualTo("first");

        save("kiln", ORDER, "{\"by\": ");

        assertThat(by(mappings, "kiln")).isEqualTo("first");
    }

    @Test
    void brandsOwnTable_isLookedIntoByTheShippedMap() throws Exception {
        save("kiln", STATES, "{\"paid\": \"CANCELLED\"}");
        Mappings mappings = mappings();

        assertThat(mappings.apply(connection("kiln"), "order", payload())
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(mappings.apply(connection("loom"), "order", payload())
                        .path("state")
                        .asText())
                .isEqualTo("PAID");
    }

    @Test
    void missingKey_namesTheTableAndTheKey() throws Exception {
        JsonNode odd = new ObjectMapper().readTree(PAYLOAD.replace("paid", "odd"));

        assertRefused(
                () -> mappings().apply("example", "order", odd),
                "mapping example/fields/order.jslt: table states: \"odd\" (expected: one of its 2 keys)");
        assertThat(attempt("table(\"states\", .status, \"?\")", odd).result()).hasToString("\"?\"");
        assertThat(attempt("table(\"colours\", .status)", odd).refusal()).startsWith("table colours: not there");
        assertThat(attempt("table(\"states\", \"open\")", odd).result()).hasToString("\"PENDING\"");
    }

    @Test
    void whatDoesNotCompile_isRefusedWithLineAndColumn() {
        assertBroken("{\n  \"sku\": .sku\n  \"title\": .title\n}", 3, 3, "Encountered");
        assertBroken("{\"sku\": §}", 1, 9, "Lexical error");
        assertBroken("{\n  \"sku\": unheard(.sku)}", 2, 10, "No such function: 'unheard'");
        assertBroken("import \"secrets.jslt\" as s s(.)", 0, 0, "maps import no files");
        assertThatThrownBy(() -> Mappings.check(STATES, "{\"a\": 1,\n \"a\": 2}"))
                .hasMessageStartingWith("source: line 2, column ");
        assertThatThrownBy(() -> Mappings.check(STATES, "[]")).hasMessageContaining("(expected: a JSON object)");
    }

    @Test
    void sourceOverItsBound_isRefused() {
        assertThatThrownBy(() -> Mappings.check(ORDER, "\"" + "a".repeat(65_535) + "\""))
                .hasMessage("source: 65537 bytes (expected: at most 65536)");
    }

    @Test
    void mapThatNeverEnds_orWritesTooMuch_isRefused() throws Exception {
        assertThat(attempt("def f(x) f($x) f(.)", payload()).refusal()).isEqualTo("it calls itself without end");
        String doubled = "let a = \"0123456789abcdef\"\n"
                + "let b = $a + $a + $a + $a + $a + $a + $a + $a\n".repeat(1)
                + "let c = $b + $b + $b + $b + $b + $b + $b + $b\n"
                + "let d = $c + $c + $c + $c + $c + $c + $c + $c\n"
                + "let e = $d + $d + $d + $d + $d + $d + $d + $d\n"
                + "let f = $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e + $e\n$f";
        assertThat(attempt(doubled, payload()).refusal()).startsWith("it writes more than");
    }

    @Test
    void mapThatIsNotThere_andNamesThatAreNoFile_areRefused() throws Exception {
        assertRefused(
                () -> mappings().apply("example", "parcel", payload()),
                "mapping example/fields/parcel.jslt: mappings/example/fields/parcel.jslt is not on the class path");
        assertThatThrownBy(() -> new MapName("example", "../order")).hasMessageStartingWith("name: ../order");
        assertThatThrownBy(() -> new MapName("Example/..", "order")).hasMessageStartingWith("channel: Example/..");
    }

    @Test
    void attempt_tellsFaults_unreadFields_andWhatTheRecordItselfRefuses() throws Exception {
        MapTrial wrong = attempt("{\"state\": \"GONE\"} + {\"lines\": [], \"colour\": \"red\"}", payload());
        MapTrial fine = attempt("* : .", payload());

        assertThat(wrong.ok()).isFalse();
        assertThat(wrong.faults()).map(MapFault::field).contains("order.state", "order.lines", "order.total");
        assertThat(wrong.unread()).containsExactly("order.colour");
        assertThat(fine.ok()).isFalse();
        assertThat(fine.refusal()).startsWith("source: line 1, column 1");
    }

    @Test
    void differences_areToldFieldByField() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(Difference.between(
                        json.readTree("{\"a\":1,\"b\":[{\"c\":1},2],\"d\":0}"),
                        json.readTree("{\"a\":1,\"b\":[{\"c\":\"x\"}],\"e\":null}")))
                .map(Difference::toString)
                .containsExactly("b[0].c: 1 -> \"x\"", "b[1]: 2 -> nothing", "d: 0 -> nothing", "e: nothing -> null");
        assertThat(Difference.between(json.readTree("{}"), json.readTree("{}"))).isEmpty();
    }

    private MapTrial attempt(String source, JsonNode input) {
        return mappings().attempt("kiln", ORDER, source, input);
    }

    private static void assertBroken(String source, int line, int column, String said) {
        BrokenMap broken = catchThrowableOfType(BrokenMap.class, () -> Mappings.check(ORDER, source));

        assertThat(broken).isNotNull().hasMessageContaining(said).hasMessageContaining("(expected: ");
        assertThat(broken.line()).as(broken.getMessage()).isEqualTo(line);
        assertThat(broken.column()).as(broken.getMessage()).isEqualTo(column);
        assertThat(broken.getMessage()).doesNotContain("\n");
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ChannelException.class, e -> assertThat(e.fault()).isEqualTo(Fault.REJECTED));
    }

    private Mappings mappings() {
        return new Mappings(folder, (brand, name) -> Optional.ofNullable(brands.get(brand + " " + name)));
    }

    private void save(String brand, MapName name, String source) {
        brands.put(brand + " " + name, new MapText(MapText.Origin.BRAND, String.valueOf(++saves), source));
    }

    private void file(String path, String text) throws Exception {
        Path file = folder.resolve("example").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String by(Mappings mappings, String brand) throws Exception {
        return mappings.apply(connection(brand), "order", payload()).path("by").asText();
    }

    private static Connection connection(String brand) {
        return new Connection(UUID.randomUUID(), brand, "example", "Example", Map.of());
    }

    private static JsonNode payload() throws Exception {
        return new ObjectMapper().readTree(PAYLOAD);
    }
}
