package dev.weir.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An encoder that is not ours goes live with OBS's defaults (two B-frames, AAC at 44.1 kHz), and everyone sees it: page,
 * targets, and a receiver that is not ours either.
 */
class StreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path data;

    private static Path ffmpeg;
    private static DemoProcess demo;
    private static Process encoder;

    @BeforeAll
    static void goLive() throws Exception {
        ffmpeg = Tools.require("ffmpeg");
        Path film = data.resolve("film.mp4");
        run(List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=size=720x1280:rate=30",
                        "-f",
                        "lavfi",
                        "-i",
                        "sine=frequency=440:sample_rate=44100",
                        "-t",
                        "20",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "veryfast",
                        "-bf",
                        "2",
                        "-b:v",
                        "1500k",
                        "-g",
                        "60",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "aac",
                        "-b:a",
                        "128k",
                        film.toString()))
                .waitFor();
        demo = DemoProcess.start(data.resolve("demo"), "--no-host");
        encoder = run(List.of(
                "-re",
                "-stream_loop",
                "-1",
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-f",
                "flv",
                demo.facts().path("rtmpUrl").asText() + "/"
                        + demo.facts().path("streamKey").asText()));
        await().atMost(SOON)
                .until(() ->
                        demo.get("/live/" + demo.showId() + "/index.m3u8", "").status() == 200);
    }

    @AfterAll
    static void stop() throws IOException {
        if (encoder != null) {
            encoder.destroyForcibly();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void unknownKey_isRefusedAtPublish() throws Exception {
        Process stranger = run(List.of(
                "-re",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=128x128:rate=10",
                "-c:v",
                "libx264",
                "-t",
                "20",
                "-f",
                "flv",
                demo.facts().path("rtmpUrl").asText() + "/wrong-key"));

        assertThat(stranger.waitFor(15, TimeUnit.SECONDS))
                .as("the encoder is turned away")
                .isTrue();
        assertThat(stranger.exitValue()).isNotZero();
    }

    @Test
    void bothSandboxTargets_countBytes() {
        for (JsonNode target : demo.facts().path("targets")) {
            String id = target.path("id").asText();
            await().atMost(SOON).until(() -> state(id).equals("LIVE"));
            long bytes = target(id).path("bytes").asLong();
            await().atMost(SOON).until(() -> target(id).path("bytes").asLong() > bytes + 50_000);
        }
    }

    @Test
    void targetAddedWhileLive_reachesAnIndependentReceiver() throws Exception {
        int port = freePort();
        Path received = data.resolve("received.mkv");
        Process receiver = run(List.of(
                "-listen",
                "1",
                "-i",
                "rtmp://127.0.0.1:" + port + "/app/key",
                "-t",
                "4",
                "-c",
                "copy",
                "-y",
                received.toString()));
        String id = add("receiver", "rtmp://127.0.0.1:" + port + "/app/key");

        assertThat(receiver.waitFor(40, TimeUnit.SECONDS))
                .as("four seconds arrive")
                .isTrue();
        demo.delete("/api/shows/" + demo.showId() + "/targets/" + id, "operator");

        Process decode = run(List.of(
                "-v", "error", "-xerror", "-i", received.toString(), "-map", "0:v", "-map", "0:a", "-f", "null", "-"));
        assertThat(decode.waitFor()).as("video and audio decode").isZero();
    }

    @Test
    void deadTargets_backOff_andDisturbNobody() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String mute = add("silent", "rtmp://127.0.0.1:" + silent.getLocalPort() + "/app/key");
            String closed = add("closed", "rtmp://127.0.0.1:" + freePort() + "/app/key");
            String healthy = demo.facts().path("targets").path(0).path("id").asText();

            await().atMost(Duration.ofSeconds(30)).until(() -> state(closed).equals("BACKOFF"));
            await().atMost(Duration.ofSeconds(45)).until(() -> state(mute).equals("BACKOFF"));

            assertThat(state(healthy)).isEqualTo("LIVE");
            assertThat(target(healthy).path("drops").asLong()).isZero();
            assertThat(target(closed).path("lastError").asText()).isNotEmpty();
            demo.delete("/api/shows/" + demo.showId() + "/targets/" + mute, "operator");
            demo.delete("/api/shows/" + demo.showId() + "/targets/" + closed, "operator");
        }
    }

    @Test
    void viewerWatchesAndBuys_withoutLeavingTheStream() {
        try (Browsers browser = new Browsers()) {
            Page page = browser.phone();
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });
            page.navigate(demo.base() + "/shows/autumn-kiln");

            Browsers.awaitRealTime(page, 720);
            buy(page);

            assertThat(page.getByTestId("order-id").textContent()).isNotBlank();
            assertThat(page.url()).contains("/shows/autumn-kiln");
            assertThat(complaints).isEmpty();
        }
    }

    private static void buy(Page page) {
        page.getByTestId("pin-buy").first().click();
        fill(page, "email", "viewer@example.com");
        fill(page, "name", "A Viewer");
        fill(page, "line1", "Kiln Lane 1");
        fill(page, "city", "Berlin");
        fill(page, "postalCode", "10115");
        page.getByTestId("country").selectOption("DE");
        if (page.getByTestId("card-number").count() == 0
                || !page.getByTestId("card-number").isVisible()) {
            page.getByTestId("pay").click();
        }
        fill(page, "card-number", "4242424242424242");
        fill(page, "card-expiry", "12/30");
        fill(page, "card-cvc", "123");
        page.getByTestId("pay").click();
        page.getByTestId("confirmation").waitFor(new Locator.WaitForOptions().setTimeout(15_000));
    }

    private static void fill(Page page, String field, String value) {
        page.getByTestId(field).fill(value);
    }

    private static String add(String name, String url) {
        DemoProcess.Answer answer = demo.post(
                "/api/shows/" + demo.showId() + "/targets",
                "operator",
                "{\"name\":\"%s\",\"url\":\"%s\"}".formatted(name, url));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asText();
    }

    private static String state(String id) {
        return target(id).path("state").asText();
    }

    private static JsonNode target(String id) {
        Optional<JsonNode> found = Optional.empty();
        for (JsonNode target : demo.get("/api/shows/" + demo.showId() + "/targets", "operator")
                .json()
                .path("items")) {
            if (target.path("id").asText().equals(id)) {
                found = Optional.of(target);
            }
        }
        return found.orElse(DemoProcess.JSON.createObjectNode());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ffmpeg.toString(), "-hide_banner", "-nostdin"));
        command.addAll(arguments);
        Path log = Files.createTempFile(data, "ffmpeg", ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
