package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ops see on their page, scripts are told as lines or as JSON, with a status that they can act on. */
class OpsRunTest {
    private static final String ID = "0192f7a0-1111-7000-8000-000000000003";
    private static final String DEAD = """
            {"items":[{"id":"%s","channel":"shopify","topic":"orders/create","state":"DEAD","reason":"REJECTED: no id",
            "attempts":1,"receivedAt":"2026-11-24T00:00:00Z","waitsFor":null,"alarm":false}],"nextCursor":"c1"}""".formatted(ID);
    private static final String PARKED = """
            {"items":[{"id":"%s","channel":"shopify","topic":"refunds/create","state":"PARKED","reason":"not known yet",
            "attempts":9,"receivedAt":"2026-11-20T00:00:00Z","waitsFor":"order/7","alarm":true}],"nextCursor":null}""".formatted(ID);
    private static final String ONE = """
            {"id":"%s","channel":"shopify","topic":"orders/create","state":"DEAD","reason":"REJECTED: no id","attempts":2,
            "receivedAt":"2026-11-24T00:00:00Z","headers":{"x-topic":"orders/create"},"body":"{}",
            "repairs":[{"n":1,"by":"ops/noor","note":"typo","at":"2026-11-24T01:00:00Z","body":"{\\"id\\":1}"}]}""".formatted(ID);
    private static final String BUDGETS = """
            {"items":[{"connectionId":"c","channel":"shopify","bucket":null,"remaining":3,"limit":40,"waiting":2,"breaker":"OPEN"}],
            "stakes":[{"connectionId":"c","name":"Tonwerk","levels":12,"behindSeconds":34,"orders":3,"errands":1,"heldUnits":5,
            "worth":[{"amount":"184.00","currency":"EUR"}]}]}""";
    private static final String ACTS = """
            {"items":[{"at":"2026-11-24T00:00:00Z","act":"WEBHOOK_REPAIRED","by":"ops/noor","subject":"d1","words":"copy 1"}],
            "nextCursor":null}""";

    private final HeardTerminal heard = new HeardTerminal();
    private final FakeHub hub = new FakeHub(OpsRunTest::answer);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        hub.close();
    }

    private static FakeHub.Answer answer(String call, String sent) {
        return sent.contains("taken")
                ? new FakeHub.Answer(409, "{\"detail\":\"Delivery was not repaired\"}")
                : FakeHub.Answer.ok(body(call, sent));
    }

    private static String body(String call, String sent) {
        if (call.contains("/repair/test")) {
            return sent.contains("bad")
                    ? "{\"ok\":false,\"refusal\":\"REJECTED: not JSON\",\"differences\":[]}"
                    : "{\"ok\":true,\"differences\":[{\"field\":\"[0].id\",\"before\":null,\"after\":\"7\"}]}";
        }
        if (call.startsWith("POST")) {
            return "{\"id\":\"" + ID + "\",\"copy\":2}";
        }
        return call.contains("parked")
                ? PARKED
                : call.contains("audit") ? ACTS : call.contains("budgets") ? BUDGETS : call.contains(ID) ? ONE : DEAD;
    }

    @Test
    void webhooks_areListedByStateAndText_andSaidHowToGoOn() {
        assertThat(run("webhooks", "list", "--state", "dead", "--find", "a b&c", "--limit", "5"))
                .isZero();

        assertThat(hub.asked).containsExactly("GET /api/webhooks?limit=5&state=DEAD&q=a+b%26c");
        assertThat(text()).contains(ID, "DEAD", "REJECTED: no id", "and more: --after 'c1'");
    }

    @Test
    void webhook_isShownWithItsHeadersBodyAndCopies_andReplayed() {
        assertThat(run("webhooks", "show", ID)).isZero();
        assertThat(text()).contains("x-topic: orders/create", "{}", "Copy 1, ops/noor", "typo", "{\"id\":1}");

        assertThat(run("webhooks", "replay", ID)).isZero();
        assertThat(hub.asked).last().isEqualTo("POST /api/webhooks/" + ID + "/replay {}");
        assertThat(text()).contains("is handled again");
    }

    @Test
    void parked_saysWhatEachWaitsFor_andWhichWaitsTooLong() {
        assertThat(run("parked", "--after", "x~1")).isZero();

        assertThat(hub.asked).containsExactly("GET /api/webhooks/aside/parked?limit=50&cursor=x%7E1");
        assertThat(text()).contains("waits for order/7", "OVER A DAY");
    }

    @Test
    void dead_isListed_replayed_andRepairedFromAFile_onWhatIsThere() throws IOException {
        assertThat(run("dead", "list")).isZero();
        assertThat(run("dead", "replay", ID)).isZero();

        assertThat(run("dead", "repair", ID, file("good"), "--note", "typo")).isZero();

        assertThat(hub.asked)
                .last()
                .isEqualTo("POST /api/webhooks/" + ID + "/repair {\"body\":\"good\",\"note\":\"typo\",\"basedOn\":1}");
        assertThat(text()).contains("Copy 2 of delivery " + ID);
    }

    @Test
    void copy_isTried_andItsStatusSaysWhetherItCanBeRead() throws IOException {
        assertThat(run("dead", "repair", ID, file("good"), "--test")).isZero();
        assertThat(text()).contains("It can be read.", "[0].id: null -> \"7\"");
        assertThat(run("dead", "repair", ID, file("bad"), "--test")).isEqualTo(1);
        assertThat(text()).contains("It cannot be read: REJECTED: not JSON");
        assertThat(run("dead", "repair", ID, file("taken"), "--note", "late")).isEqualTo(1);
        assertThat(wrong()).isEqualTo("weir: Delivery was not repaired\n");
        assertThat(text()).doesNotContain("weir: ");
    }

    @Test
    void copyThatIsNotThereOrTooLong_isRefused_beforeAnythingIsSent() throws IOException {
        assertThat(run("dead", "repair", ID, folder.resolve("none").toString(), "--test"))
                .isEqualTo(2);
        assertThat(run("dead", "repair", ID, file("x".repeat(65_537)), "--test"))
                .isEqualTo(2);
        assertThat(wrong()).contains("expected: a file that can be read, of 65536 bytes at most");
        assertThat(text()).isEmpty();
        assertThat(hub.asked).isEmpty();
    }

    @Test
    void connections_sayWhatIsLeftAndWhatItCosts_andTheAuditWhoDidWhat() {
        assertThat(run("connections")).isZero();
        assertThat(text())
                .contains("Tonwerk", "3 orders worth 184.00 EUR", "5 held units", "3 of 40 left", "breaker open");
        assertThat(run("audit", "--find", "noor")).isZero();
        assertThat(hub.asked).last().isEqualTo("GET /api/audit?limit=50&q=noor");
        assertThat(text()).contains("WEBHOOK_REPAIRED", "ops/noor");
    }

    @Test
    void json_isTheHubsAnswer() throws IOException {
        assertThat(run("dead", "list", "--json")).isZero();

        assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(text()))
                .isEqualTo(new com.fasterxml.jackson.databind.ObjectMapper().readTree(DEAD));
    }

    @ParameterizedTest
    @CsvSource({
        "webhooks,webhooks: null (expected: list; show or replay)",
        "dead bury,dead: bury (expected: list; replay or repair)",
        "webhooks show,ID: missing",
        "webhooks show 7,ID: 7 (expected: an id that a list shows)",
        "webhooks list --state gone,--state: gone",
        "webhooks list --limit 201,--limit: 201 (expected: 1..200)",
        "parked --state dead,--state: unknown option",
        "connections --limit 5,--limit: unknown option",
        "dead repair 0192f7a0-1111-7000-8000-000000000003 file,--note: missing"
    })
    void wrongCall_isNamed(String line, String words) {
        assertThatThrownBy(() -> CommandLine.parse(line.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words.replace("list;", "list,"));
    }

    @Test
    void withoutAKey_nothingIsAsked() {
        CommandLine command = CommandLine.parse(new String[] {"parked"});
        assertThat(new OpsRun((CommandLine.Ops) command, Map.of(), heard.terminal()).run())
                .isEqualTo(2);
        assertThat(wrong()).contains("WEIR_KEY: missing (expected: the API key of an ops user");
        assertThat(text()).isEmpty();
    }

    @Test
    void hubThatDoesNotAnswer_isToldOnStandardError_soThatAScriptReadsNothingForAnAnswer() {
        hub.close();

        assertThat(run("dead", "list", "--json")).isEqualTo(1);

        assertThat(wrong()).startsWith("weir: http://localhost:").contains("does not answer");
        assertThat(text()).isEmpty();
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("copy.json"), content).toString();
    }

    private int run(String... words) {
        String[] args = Arrays.copyOf(words, words.length + 4);
        args[words.length] = "--hub";
        args[words.length + 1] = hub.url().toString();
        args[words.length + 2] = "--key";
        args[words.length + 3] = "k";
        return new OpsRun((CommandLine.Ops) CommandLine.parse(args), Map.of(), heard.terminal()).run();
    }

    private String wrong() {
        return heard.wrong();
    }

    private String text() {
        return heard.said();
    }
}
