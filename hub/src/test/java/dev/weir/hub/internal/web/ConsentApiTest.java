package dev.weir.hub.internal.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.weir.connectors.Connection;
import dev.weir.hub.internal.WeirSettings;
import dev.weir.hub.internal.connections.ConnectionStore;
import dev.weir.hub.internal.connections.ConsentBench;
import dev.weir.hub.internal.live.BaseUrl;
import dev.weir.hub.internal.security.Caller;
import dev.weir.hub.internal.security.Role;
import dev.weir.routes.ConnectionChores;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.util.unit.DataSize;

/** The way to the platform and back over HTTP: whose it is, what the browser keeps, what nobody is told. */
class ConsentApiTest {
    private static final String ORIGIN = "https://hub.example";

    private final ConsentBench bench = new ConsentBench();
    private final BaseUrl baseUrl = new BaseUrl(new WeirSettings(
            Path.of("data"),
            List.of(),
            ORIGIN,
            "kiln",
            "",
            "",
            new WeirSettings.Rtmp("127.0.0.1", 1),
            "",
            Duration.ofDays(14),
            new WeirSettings.Intake(DataSize.ofBytes(0), Duration.ofDays(90), Duration.ofDays(30)),
            true,
            new WeirSettings.Demo(false, false, 0, 1),
            new WeirSettings.Routes("kiln", true)));
    private final ConsentApi api = new ConsentApi(bench.consents(), bench.connections(), baseUrl);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger("dev.weir");

    @BeforeEach
    void listen() {
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        signIn("kiln");
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        SecurityContextHolder.clearContext();
        bench.close();
    }

    @Test
    void operator_isSentToThePage_andComesBackToTheShop_withTheCookieSpent() {
        Connection connection = bench.waiting("kiln");

        ResponseEntity<Object> begun = api.begin(connection.id().toString(), ORIGIN);
        String cookie = begun.getHeaders().getFirst(HttpHeaders.SET_COOKIE);
        assertThat(cookie)
                .startsWith("weir_consent_")
                .contains("Path=/connect/callback", "HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600");
        assertThat(begun.getHeaders().getCacheControl()).isEqualTo("no-store");

        ResponseEntity<Object> back =
                api.finish(Map.of("state", state(begun), "code", "code-of-the-platform"), browserWith(cookie));
        assertThat(back.getStatusCode().value()).isEqualTo(303);
        assertThat(back.getHeaders().getLocation())
                .isEqualTo(URI.create(ORIGIN + "/operator#connections/" + connection.id()));
        assertThat(back.getHeaders().getFirst("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(back.getHeaders().getFirst(HttpHeaders.SET_COOKIE)).contains("Max-Age=0");
        assertThat(bench.connections().active()).hasSize(1);
    }

    @Test
    void anotherBrandsOperator_findsNoSuchConnection() {
        Connection connection = bench.waiting("kiln");
        signIn("other");

        assertThatThrownBy(() -> api.begin(connection.id().toString(), ORIGIN)).isInstanceOf(NotFound.class);
    }

    @Test
    void browserWithoutTheCookie_isSentBackWithNothing() {
        Connection connection = bench.waiting("kiln");
        ResponseEntity<Object> begun = api.begin(connection.id().toString(), null);

        ResponseEntity<Object> back =
                api.finish(Map.of("state", state(begun), "code", "code-of-the-platform"), browserWith(null));

        assertThat(back.getHeaders().getLocation())
                .isEqualTo(URI.create(ORIGIN + "/operator#connections/consent-elsewhere"));
        assertThat(bench.connections().active()).isEmpty();
    }

    @Test
    void pageThatWasOpenedUnderAnotherName_isToldWhereToOpenIt() {
        Connection connection = bench.waiting("kiln");

        assertThatThrownBy(() -> api.begin(connection.id().toString(), "http://10.0.0.5:8080"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("origin: http://10.0.0.5:8080 (expected: https://hub.example");
    }

    @Test
    void secrets_areInNoAnswerAndInNoLog() throws Exception {
        Connection connection = bench.waiting("kiln");
        ResponseEntity<Object> begun = api.begin(connection.id().toString(), ORIGIN);
        api.finish(
                Map.of("state", state(begun), "code", "code-of-the-platform"),
                browserWith(begun.getHeaders().getFirst(HttpHeaders.SET_COOKIE)));
        ResponseEntity<Object> again = api.begin(connection.id().toString(), ORIGIN);
        api.finish(
                Map.of("state", state(again), "code", "code-of-the-platform"),
                browserWith(again.getHeaders().getFirst(HttpHeaders.SET_COOKIE)));
        bench.refuse();
        bench.keeper().live(bench.connections().find(connection.id()).orElseThrow());

        ConnectionStore.Stored stored =
                bench.connections().stored(connection.id()).orElseThrow();
        Map<String, Object> view =
                new ConnectionViews(bench.keeper(), baseUrl, new NoChores()).view(stored, bench.channel());
        String answer = new ObjectMapper().registerModule(new JavaTimeModule()).writeValueAsString(view);
        assertThat(answer).contains("\"needsYou\":true", "was revoked", "was refused");
        String said = answer
                + String.join(
                        "\n",
                        log.list.stream()
                                .map(ILoggingEvent::getFormattedMessage)
                                .toList());
        assertThat(said)
                .contains("needs its operator")
                .doesNotContain(
                        "access-token-", "refresh-token-", "client-secret-1", "code-of-the-platform", state(begun));
    }

    private static void signIn(String brand) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        new Caller(brand, Role.OPERATOR, "test"), null, List.of()));
    }

    private static String state(ResponseEntity<Object> begun) {
        String page = ((Map<?, ?>) begun.getBody()).get("page").toString();
        return page.substring(page.indexOf("state=") + "state=".length());
    }

    /** A browser that keeps what a {@code Set-Cookie} said; null: one that keeps none. */
    private static HttpServletRequest browserWith(String setCookie) {
        Cookie[] cookies = setCookie == null
                ? null
                : new Cookie[] {
                    new Cookie(
                            setCookie.substring(0, setCookie.indexOf('=')),
                            setCookie.substring(setCookie.indexOf('=') + 1, setCookie.indexOf(';')))
                };
        return (HttpServletRequest) Proxy.newProxyInstance(
                ConsentApiTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (self, method, arguments) -> method.getName().equals("getCookies") ? cookies : null);
    }

    /** Nothing is done at the shops here. */
    private static final class NoChores implements ConnectionChores {
        @Override
        public List<Standing> of(UUID connectionId) {
            return List.of();
        }

        @Override
        public void soon(UUID connectionId) {}
    }
}
