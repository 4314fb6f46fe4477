package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that has room for few followers tells the next to come again, and still answers a tap. */
class EventRoomTest {
    private static final int CONNECTIONS = 40;
    private static final int FOLLOWERS = 30;

    @TempDir
    Path data;

    @Test
    void followerBeyondTheRoom_isToldWhenToComeAgain_whileTapsAreAnswered_andFindsAPlaceLater() throws Exception {
        try (DemoProcess demo = DemoProcess.start(
                        data, Map.of("server.tomcat.max-connections", String.valueOf(CONNECTIONS)), "--no-host");
                HttpClient client = HttpClient.newHttpClient()) {
            URI events = demo.base().resolve("/api/shows/" + demo.showId() + "/events");
            Deque<InputStream> following = new ArrayDeque<>();
            try {
                for (int i = 0; i < FOLLOWERS; i++) {
                    HttpResponse<InputStream> follower = ask(client, events);
                    assertThat(follower.statusCode()).as("follower " + i).isEqualTo(200);
                    following.add(follower.body());
                }

                refused(ask(client, events));
                assertThat(demo.hold("VASE-SAGE", 1, "tap").status()).isEqualTo(201);

                following.remove().close();
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    HttpResponse<InputStream> again = ask(client, events);
                    following.add(again.body());
                    return again.statusCode() == 200;
                });
            } finally {
                for (InputStream stream : following) {
                    stream.close();
                }
            }
        }
    }

    private static void refused(HttpResponse<InputStream> answer) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        try (InputStream body = answer.body()) {
            JsonNode problem = DemoProcess.JSON.readTree(body);
            assertThat(problem.path("detail").asText())
                    .isEqualTo("events: " + FOLLOWERS + " clients follow them at this hub (expected: fewer)");
        }
    }

    private static HttpResponse<InputStream> ask(HttpClient client, URI events) throws Exception {
        return client.send(
                HttpRequest.newBuilder(events)
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }
}
