package dev.weir.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A platform that repeats every secret it is sent, and a kit that repeats none. */
class SecretsTest {
    private static final String SECRET = "hush-4711";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("dev.weir");
    private final ChannelHttp http = new ChannelHttp(100);
    private final Connection shop =
            new Connection(UUID.randomUUID(), "brand", "channel", "A shop", Map.of("accessToken", SECRET));
    private HttpServer platform;
    private int status = 400;

    @BeforeEach
    void open() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext("/", exchange -> {
            byte[] echo = ("no: " + exchange.getRequestURI()
                            + exchange.getRequestHeaders().get("X-Token"))
                    .getBytes(StandardCharsets.UTF_8);
            if (status > 0) {
                exchange.getResponseHeaders().add("X-Echo", SECRET);
                exchange.sendResponseHeaders(status, echo.length);
                exchange.getResponseBody().write(echo);
            }
            exchange.close();
        });
        platform.start();
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        root.setLevel(null);
        platform.stop(0);
    }

    @Test
    void refusedCall_tellsNoSecret() {
        assertNoSecret(call("http", Map.of("X-Token", SECRET)));
    }

    @Test
    void goodCall_tellsNoSecret() {
        status = 200;

        assertThat(http.exchange(shop, call("http", Map.of("X-Token", SECRET)), answer -> null)
                        .status())
                .isEqualTo(200);
        assertThat(http.calls(shop.id())).hasSize(1);
        assertThat(http.calls(shop.id()).toString() + http.lanes()).doesNotContain(SECRET);
    }

    @Test
    void lostAnswer_tellsNoSecret() {
        status = -1;

        assertNoSecret(call("http", Map.of("X-Token", SECRET)));
    }

    @Test
    void tokenWithALineBreak_isNotRepeatedInTheRefusal() {
        assertThat(assertNoSecret(call("http", Map.of("X-Token", SECRET + "\n"))))
                .hasMessageContaining("header X-Token cannot be sent");
    }

    @Test
    void addressOfNoKnownKind_isNotRepeatedInTheRefusal() {
        assertThat(assertNoSecret(call("gopher", Map.of()))).hasMessageContaining("not an address");
    }

    @Test
    void shopThatIsNotThere_tellsNoSecret() {
        platform.stop(0);

        assertNoSecret(call("http", Map.of("X-Token", SECRET)));
    }

    private ChannelException assertNoSecret(HttpCall call) {
        ChannelException thrown = catchThrowableOfType(
                ChannelException.class,
                () -> http.exchange(shop, call, answer -> new ChannelException(Fault.REJECTED, "no")));

        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(SECRET);
        assertThat(http.calls(shop.id())).hasSize(1);
        assertThat(http.calls(shop.id()).toString() + http.lanes()).doesNotContain(SECRET);
        assertThat(List.copyOf(log.list))
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(SECRET));
        return thrown;
    }

    private HttpCall call(String scheme, Map<String, String> headers) {
        URI uri = URI.create(
                scheme + "://127.0.0.1:" + platform.getAddress().getPort() + "/orders?access_token=" + SECRET);
        byte[] body = ("{\"token\":\"" + SECRET + "\"}").getBytes(StandardCharsets.UTF_8);
        return new HttpCall("order", "POST", uri, headers, body, false);
    }
}
