package dev.weir.hub.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HooksRunTest {
    private static final String ID = "0192f7a0-1111-7000-8000-000000000003";
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream wrong = new ByteArrayOutputStream();
    private HttpServer hub;
    private String asked = "";

    @BeforeEach
    void open() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/", this::answer);
        hub.start();
    }

    @AfterEach
    void close() {
        hub.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isList = exchange.getRequestMethod().equals("GET");
        if (!isList) {
            asked = exchange.getRequestURI().toString();
        }
        String body = isList ? """
                {"items":[{"id":"%s","name":"ERP","url":"https://erp.example/","on":false,"due":3,"failed":1,
                "needsYou":"It answered 410: gone for good."}]}""".formatted(ID) : """
                {"since":"2026-11-24T00:00:00Z","queued":12,"more":true}""";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
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

        assertThat(asked).isEqualTo("/api/webhook-endpoints/" + ID + "/replay?since=2026-11-24T00%3A00%3A00Z");
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
        Terminal terminal = new Terminal(
                new PrintStream(said, true, StandardCharsets.UTF_8),
                new PrintStream(wrong, true, StandardCharsets.UTF_8));
        return new HooksRun(command, Map.of(), terminal).run();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    private String wrong() {
        return wrong.toString(StandardCharsets.UTF_8);
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
