package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a comment under an Instagram live to a hold and its link, and the rehearsal of a platform's bad hour. */
@ExtendWith(SharedDemo.class)
class CommentStoryTest {
    private static final String SKU = "POT-CLAY";
    private static DemoProcess demo;

    @BeforeAll
    static void meet(DemoProcess shared) {
        demo = shared;
    }

    @Test
    void comment_isReadByTheHost_holdsTheUnits_andItsAuthorReadsWhereToPay() {
        rules("{\"scope\":\"SHEET\",\"keywords\":{\"" + SKU + "\":\"lampe\"}}");
        int before = demo.available(SKU);
        comment("ana", "lampe x2");

        JsonNode order = order("ana");
        assertThat(order.path("state").asText()).as(order.toString()).isEqualTo("ANSWERED");
        assertThat(demo.get(cockpit("chat"), "producer").text())
                .contains("\"text\":\"lampe x2\"")
                .contains("\"channel\":\"instagram\"");
        assertThat(demo.get("/api/shows/" + demo.showId() + "/chat", "").text()).doesNotContain("lampe x2");

        String message = message("ana");
        assertThat(message).startsWith("2 x Teapot, Clay held for you for ");
        URI link = URI.create(message.substring(message.indexOf("http")));
        assertThat(link.getQuery())
                .contains("buy=" + SKU + ":2")
                .contains("channel=instagram")
                .contains("utm_medium=comment");
        String[] hold = link.getFragment().replace("hold=", "").split("\\.", 2);
        assertThat(demo.get("/api/holds/" + hold[0], "").json().path("state").asText())
                .isEqualTo("HELD");
        assertThat(demo.available(SKU)).isEqualTo(before - 2);
        assertThat(demo.get("/api/holds/" + hold[0] + "/history", "operator").text())
                .contains("\"instagram\"");
        assertThat(demo.checkout(hold[1]).status()).isEqualTo(201);
    }

    @Test
    void whatCommentersAskFor_andTheLink_areForTheStaffOfTheShow() {
        for (String path : new String[] {"chat", "comment-orders", "comment-sales"}) {
            assertThat(demo.get(cockpit(path), "").status()).isEqualTo(401);
            assertThat(demo.get(cockpit(path), "finance").status()).isEqualTo(403);
        }
        assertThat(demo.post(cockpit("comment-orders/00000000-0000-0000-0000-000000000000/link"), "producer", "")
                        .status())
                .isEqualTo(404);
        assertThat(put(cockpit("comment-sales"), "producer", "{\"mostUnits\":21}")
                        .text())
                .contains("mostUnits: 21 (expected: 1..20)");
        assertThat(put(cockpit("comment-sales"), "producer", "{\"scope\":\"SOME\"}")
                        .text())
                .contains("scope: SOME (expected: one of [OFF, PINNED, SHEET])");
        assertThat(demo.post(
                                "/api/holds",
                                "",
                                "{\"showId\":\"%s\",\"buyer\":\"comment/instagram/ana\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1}]}"
                                        .formatted(demo.showId(), SKU))
                        .text())
                .contains("buyer: comment/");
    }

    @Test
    void rehearsal_switchesAHabitOfThePlatformOn_forTheOperatorAlone() {
        assertThat(demo.get("/api/rehearsal", "producer").status()).isEqualTo(403);
        assertThat(quirk("instagram", "live-ended").path("on").asBoolean()).isFalse();
        assertThat(quirk("instagram", "live-ended").path("what").asText()).contains("private replies");

        assertThat(put("/api/rehearsal/instagram/live-ended", "operator", "{\"on\":true}")
                        .status())
                .isEqualTo(200);
        assertThat(quirk("instagram", "live-ended").path("on").asBoolean()).isTrue();
        rules("{\"scope\":\"SHEET\"}");
        comment("bo", SKU);
        JsonNode order = order("bo");
        assertThat(order.path("state").asText()).isEqualTo("UNANSWERED");
        assertThat(order.path("reason").asText()).contains("The live is over");
        assertThat(demo.post(cockpit("comment-orders/" + order.path("id").asText() + "/link"), "producer", "")
                        .json()
                        .path("link")
                        .asText())
                .contains("#hold=");

        assertThat(demo.delete("/api/rehearsal", "operator").status()).isEqualTo(200);
        assertThat(quirk("instagram", "live-ended").path("on").asBoolean()).isFalse();
        assertThat(put("/api/rehearsal/instagram/kindness", "operator", "{\"on\":true}")
                        .status())
                .isEqualTo(404);
        assertThat(put("/api/rehearsal/instagram/live-ended", "operator", "{}").text())
                .contains("on: missing");
    }

    @Test
    void targetOfAConnectedAccount_beginsWithWhatItsChannelSays() {
        JsonNode items = demo.get("/api/target-presets", "operator").json().path("items");

        JsonNode instagram = find(items, "id", "INSTAGRAM_LIVE").orElseThrow();
        assertThat(instagram.path("server").asText()).isEqualTo("rtmps://live-upload.instagram.com:443/rtmp");
        assertThat(instagram.path("account").path("name").asText()).isEqualTo("Instagram");
        assertThat(instagram.path("help").asText()).startsWith("On instagram.com: Create, Live video.");
        assertThat(instagram.path("limits").path("maxLongEdge").asInt()).isEqualTo(1_280);
        assertThat(find(items, "id", "TIKTOK_LIVE")
                        .orElseThrow()
                        .path("account")
                        .path("name")
                        .asText())
                .isEqualTo("TikTok Shop");
        assertThat(find(items, "id", "YOUTUBE").orElseThrow().path("account").isNull())
                .isTrue();
    }

    private static void rules(String body) {
        DemoProcess.Answer answer = put(cockpit("comment-sales"), "producer", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static void comment(String author, String text) {
        DemoProcess.Answer said = demo.post(
                demo.sandbox("/sandbox/instagram/comments"),
                null,
                "{\"author\":\"%s\",\"text\":\"%s\"}".formatted(author, text).getBytes(StandardCharsets.UTF_8));
        assertThat(said.status()).as(said.text()).isEqualTo(202);
    }

    private static JsonNode order(String author) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> orderOf(author)
                        .filter(order -> !order.path("state").asText().equals("DUE"))
                        .isPresent());
        return orderOf(author).orElseThrow();
    }

    private static Optional<JsonNode> orderOf(String author) {
        return find(demo.get(cockpit("comment-orders"), "producer").json().path("items"), "author", author);
    }

    private static String message(String to) {
        JsonNode all =
                demo.get(demo.sandbox("/sandbox/instagram/messages")).json().path("messages");
        return find(all, "username", to).orElseThrow().path("text").asText();
    }

    private static JsonNode quirk(String channel, String name) {
        JsonNode platforms = demo.get("/api/rehearsal", "operator").json().path("items");
        return find(find(platforms, "channel", channel).orElseThrow().path("quirks"), "name", name)
                .orElseThrow();
    }

    private static Optional<JsonNode> find(JsonNode items, String field, String value) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path(field).asText().equals(value))
                .findFirst();
    }

    private static String cockpit(String path) {
        return "/api/shows/" + demo.showId() + "/cockpit/" + path;
    }

    private static DemoProcess.Answer put(String path, String role, String body) {
        return demo.send(HttpRequest.newBuilder(demo.base().resolve(path))
                .header("Authorization", "Bearer " + demo.key(role))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}
