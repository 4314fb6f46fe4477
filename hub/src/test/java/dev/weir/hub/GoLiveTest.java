package dev.weir.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host without any encoder goes live from a browser, is seen in another, and can be watched again afterwards. */
class GoLiveTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path data;

    private static DemoProcess demo;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("chromium");
        demo = DemoProcess.start(data, "--no-host");
    }

    @AfterAll
    static void stop() throws IOException {
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void browserToBrowser_targetsAndReplay() {
        String show = "/api/shows/" + demo.showId();
        try (Browsers browser = new Browsers()) {
            Page studio = browser.desk();
            goLive(studio, "autumn-kiln");
            await().atMost(SOON).until(() -> host(show).path("state").asText().equals("LIVE"));
            assertThat(host(show).path("protocol").asText()).isEqualTo("WHIP");

            Page viewer = browser.phone();
            viewer.navigate(demo.base() + "/shows/autumn-kiln");
            viewer.waitForFunction(
                    "() => [...document.querySelectorAll('video')].some((v) => v.videoWidth > 0 && v.currentTime > 1)");
            String target = demo.facts().path("targets").path(0).path("id").asText();
            await().atMost(SOON)
                    .until(() -> target(show, target).path("state").asText().equals("LIVE"));
            await().atMost(SOON)
                    .until(() -> numbers(show).path("viewers").path("whep").asInt() == 1);
            viewer.close();
            String sku = demo.get(show, "")
                    .json()
                    .path("products")
                    .path(1)
                    .path("sku")
                    .asText();
            demo.post(show + "/pins", "producer", "{\"sku\":\"" + sku + "\"}");
            await().atMost(SOON)
                    .until(() -> demo.get(show + "/timeline", "")
                                    .json()
                                    .path("items")
                                    .size()
                            > 0);
        }
        demo.post(show + "/end", "producer", "{}");

        DemoProcess.Answer ending = demo.get("/live/" + demo.showId() + "/index.m3u8", "");
        assertThat(ending.text()).as("players are told").contains("#EXT-X-ENDLIST");
        JsonNode replay = demo.get(show + "/media", "").json().path("replay");
        assertThat(replay.path("millis").asLong()).isPositive();
        DemoProcess.Answer playlist = demo.get(replay.path("hls").asText(), "");
        assertThat(playlist.status()).isEqualTo(200);
        assertThat(playlist.text()).contains("#EXT-X-ENDLIST");
        JsonNode mark = demo.get(show + "/timeline", "").json().path("items").path(0);
        assertThat(mark.path("fromMillis").asLong())
                .isBetween(0L, replay.path("millis").asLong());
        assertThat(mark.path("epoch").asInt()).isEqualTo(replay.path("epoch").asInt());
    }

    @Test
    void secondTab_takesOver_andTheFirstSaysSo_untilItIsTakenBack() {
        String show = "{\"title\":\"Two tabs\",\"slug\":\"two-tabs\",\"host\":\"Ada\"}";
        assertThat(demo.post("/api/shows", "producer", show).status()).isEqualTo(201);
        try (Browsers browser = new Browsers()) {
            Page first = browser.desk();
            Page second = browser.desk();
            goLive(first, "two-tabs");
            goLive(second, "two-tabs");

            awaitAir(first, "taken over");
            String sessions = "() => window.peers.length";
            assertThat(first.evaluate(sessions)).isEqualTo(1);
            assertThat(first.getByTestId("go-live").innerText()).contains("Take it back");
            first.getByTestId("go-live").click();
            awaitAir(first, "live");
            awaitAir(second, "taken over");
            assertThat(second.evaluate(sessions)).isEqualTo(1);
        }
    }

    private static void goLive(Page studio, String slug) {
        studio.navigate(demo.base() + "/shows/" + slug + "/studio#key=" + demo.key("producer"));
        studio.getByTestId("open-camera").click();
        studio.getByTestId("go-live").click();
        awaitAir(studio, "live");
    }

    private static void awaitAir(Page studio, String words) {
        studio.waitForFunction(
                "(words) => document.querySelector('[data-testid=air-state]')?.textContent === words", words);
    }

    @Test
    void whipWithoutKeyOrOffer_isToldWhatIsMissing() {
        DemoProcess.Answer keyless =
                demo.post(demo.base().resolve("/whip"), null, new byte[0], "Content-Type", "application/sdp");
        DemoProcess.Answer empty = demo.post(
                demo.base().resolve("/whip"), "live_x", "v=0\r\n".getBytes(UTF_8), "Content-Type", "application/sdp");

        assertThat(keyless.status()).as(keyless.text()).isIn(400, 401);
        assertThat(empty.status()).as(empty.text()).isIn(400, 401);
        assertThat(empty.contentType()).startsWith("application/problem+json");
    }

    private static JsonNode numbers(String show) {
        return demo.get(show + "/numbers", "producer").json();
    }

    private static JsonNode host(String show) {
        return numbers(show).path("host");
    }

    private static JsonNode target(String show, String id) {
        for (JsonNode target : demo.get(show + "/targets", "operator").json().path("items")) {
            if (target.path("id").asText().equals(id)) {
                return target;
            }
        }
        return DemoProcess.JSON.createObjectNode();
    }
}
