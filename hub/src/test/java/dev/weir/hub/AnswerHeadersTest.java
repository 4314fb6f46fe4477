package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An answer that comes before the filters has the headers of one that comes from behind them. */
@ExtendWith(SharedDemo.class)
class AnswerHeadersTest {
    private static final Set<String> OWN = Set.of("content-length", "transfer-encoding", "date", "vary");
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void tapThatCameTooLate_hasTheHeadersOfOneThatIsRefusedLater() throws Exception {
        Map<String, String> tooLate = headers(409, tap("[{\"sku\":\"VASE-SAGE\",\"quantity\":99}]"));
        Map<String, String> unknown = headers(422, tap("[]"));

        assertThat(tooLate)
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("content-security-policy", "default-src 'none'")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("x-frame-options", "DENY")
                .containsEntry("x-content-type-options", "nosniff")
                .isEqualTo(unknown);
        assertThat(tooLate.get("cache-control")).contains("no-store");
    }

    @Test
    void answersForKeysAndForNobody_haveThemToo() throws Exception {
        Map<String, String> hold = headers(404, "GET", "/api/holds/" + UUID.randomUUID(), "");
        Map<String, String> refused = headers(401, "GET", "/api/orders", "");

        assertThat(hold).containsEntry("x-frame-options", "DENY").containsEntry("referrer-policy", "no-referrer");
        assertThat(refused).containsAllEntriesOf(hold);
    }

    @Test
    void deliveriesThatAreRefused_haveThemToo() throws Exception {
        Map<String, String> hold = headers(404, "GET", "/api/holds/" + UUID.randomUUID(), "");
        JsonNode shop = demo.facts().path("connections").path("tiktok-shop");
        String door = URI.create(shop.path("webhookUrl").asText()).getPath();
        hold.remove("content-type");

        assertThat(headers(401, "POST", door, "{}")).containsAllEntriesOf(hold);
        assertThat(headers(404, "POST", "/webhooks/shopify/" + UUID.randomUUID(), "{}"))
                .containsAllEntriesOf(hold);
        assertThat(headers(404, "POST", "/webhooks/shopify/7", "{}")).containsAllEntriesOf(hold);
        assertThat(headers(401, "POST", "/webhooks/stripe", "{}")).containsAllEntriesOf(hold);
    }

    private static String tap(String lines) {
        return "{\"showId\":\"%s\",\"lines\":%s}".formatted(demo.showId(), lines);
    }

    private static Map<String, String> headers(int status, String body) throws Exception {
        return headers(status, "POST", "/api/holds", body);
    }

    private static Map<String, String> headers(int status, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
            Map<String, String> headers = new TreeMap<>();
            answer.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            OWN.forEach(headers::remove);
            return headers;
        }
    }
}
