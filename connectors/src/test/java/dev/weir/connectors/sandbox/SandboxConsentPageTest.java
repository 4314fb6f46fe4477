package dev.weir.connectors.sandbox;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.weir.connectors.Sku;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stand-in that asks a person: its page and the way back go through the sandbox's server as they were written. */
class SandboxConsentPageTest {
    private final HttpClient browser = HttpClient.newHttpClient();
    private final WireMockServer server = new WireMockServer(WireMockConfiguration.options()
            .bindAddress("127.0.0.1")
            .mappingSource(new NoOtherStubs())
            .dynamicPort()
            .extensions(new PlatformTransformer(Map.of("asking", new AskingPlatform()))));

    @BeforeEach
    void start() {
        server.start();
        for (String operation : List.of("ask", "decide")) {
            server.stubFor(any(urlPathEqualTo("/asking/" + operation))
                    .willReturn(aResponse().withTransformerParameter("operation", operation)));
        }
    }

    @AfterEach
    void stop() {
        server.stop();
        browser.close();
    }

    @Test
    void pageOfAPlatform_isHtmlWithTwoButtons_andEscapesWhatTheCallerSent() throws Exception {
        HttpResponse<String> page = send("/asking/ask?state=a%22%3E%3Cscript%3E", null);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("value=\"approve\"", "value=\"refuse\"", "a&quot;&gt;&lt;script&gt;", "read orders · ü")
                .doesNotContain("<script>");
    }

    @Test
    void approval_redirectsWithCodeAndState_refusalWithoutACode() throws Exception {
        HttpResponse<String> approved = send("/asking/decide", "state=a+b%26c&decision=approve");
        HttpResponse<String> refused = send("/asking/decide", "state=a+b%26c&decision=refuse");

        assertThat(approved.statusCode()).isEqualTo(302);
        assertThat(approved.headers().firstValue("Location"))
                .hasValue("http://hub.example/connect/callback?state=a%20b%26c&code=1");
        assertThat(refused.headers().firstValue("Location"))
                .hasValue("http://hub.example/connect/callback?state=a%20b%26c&error=access_denied");
    }

    private HttpResponse<String> send(String path, String form) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static final class AskingPlatform implements SandboxPlatform {
        @Override
        public String channel() {
            return "asking";
        }

        @Override
        public SandboxAnswer answer(String operation, SandboxRequest request) {
            if (operation.equals("ask")) {
                return new SandboxConsentPage(
                                "Asking",
                                "Weir",
                                "Kiln & Cloth",
                                List.of("read orders · ü"),
                                "/asking/decide",
                                Map.of("state", request.query().getOrDefault("state", "")))
                        .answer();
            }
            Map<String, String> form = request.form();
            String state = form.getOrDefault("state", "").replace(" ", "%20").replace("&", "%26");
            boolean approved = SandboxConsentPage.APPROVE.equals(form.get(SandboxConsentPage.DECISION));
            return SandboxAnswer.redirect(URI.create("http://hub.example/connect/callback?state=" + state
                    + (approved ? "&code=1" : "&error=access_denied")));
        }

        @Override
        public Map<String, String> settings(URI baseUrl) {
            return Map.of();
        }

        @Override
        public void seed(List<SandboxProduct> products) {
            throw new UnsupportedOperationException("asking sells nothing");
        }

        @Override
        public Sale buy(Sku sku, int quantity) {
            throw new UnsupportedOperationException("asking sells nothing");
        }

        @Override
        public Map<Sku, Integer> stock() {
            return Map.of();
        }

        @Override
        public List<String> orders() {
            return List.of();
        }
    }
}
