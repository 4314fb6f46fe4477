package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HooksRunTest {
    private static final String ID = "0192f7a0-1111-7000-8000-000000000003";
    private static final String ENDPOINTS = """
            {"items":[{"id":"%s","name":"ERP","url":"https://erp.example/","on":false,"due":3,"failed":1,
            "needsYou":"It answered 410: gone for good."}]}""".formatted(ID);
    private static final String REPLAYED = """
            {"since":"2026-11-24T00:00:00Z","queued":12,"more":true}""";

    private final HeardTerminal heard = new HeardTerminal();
    private final FakeHub hub =
            new FakeHub((call, sent) -> FakeHub.Answer.ok(call.startsWith("GET") ? ENDPOINTS : REPLAYED));

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void list_showsWhatNeedsSomebody() {
        assertThat(run(new CommandLine.HookList(url(), "k"))).isZero();

        assertThat(text()).contains(ID, "off", "3 waiting", "1 given up", "NEEDS YOU: It answered 410");
    }

    @Test
    void replay_findsTheEndpointByItsName_andSaysHowMany() {
        Instant since = Instant.parse("2026-11-24T00:00:00Z");

        assertThat(run(new CommandLine.HookReplay("ERP", since, url(), "k"))).isZero();

        assertThat(hub.asked)
                .last()
                .asString()
                .startsWith("POST /api/webhook-endpoints/" + ID + "/replay?since=2026-11-24T00%3A00%3A00Z");
        assertThat(text()).contains("12 deliveries are due again", "there is more");
        assertThat(run(new CommandLine.HookReplay("CRM", since, url(), "k"))).isEqualTo(1);
        assertThat(wrong()).contains("endpoint: CRM (expected: an id or name");
    }

    @Test
    void withoutAKey_nothingIsAsked() {
        assertThat(run(new CommandLine.HookList(url(), null))).isEqualTo(2);
        assertThat(wrong()).contains("WEIR_KEY: missing");
        assertThat(text()).isEmpty();
    }

    private int run(CommandLine.Hooks command) {
        return new HooksRun(command, Map.of(), heard.terminal()).run();
    }

    private URI url() {
        return hub.url();
    }

    private String wrong() {
        return heard.wrong();
    }

    private String text() {
        return heard.said();
    }
}
