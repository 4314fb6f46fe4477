package dev.weir.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub with everything switched on that is off as it comes: RTMPS and SRT in, and engines elsewhere for the viewers. */
class WaysInAndOutTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    static Path data;

    private static Path film;
    private static EngineEdge edge;
    private static NginxEdge nginx;
    private static DemoProcess demo;
    private Process encoder;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("ffmpeg");
        Tools.require("openssl");
        Tools.require("chromium");
        if (!NginxEdge.available()) {
            Tools.require("nginx-with-its-rtmp-module");
        }
        film = data.resolve("film.mp4");
        wait(List.of(
                ("ffmpeg -v error -nostdin -f lavfi -i testsrc2=size=360x640:rate=30 -f lavfi -i sine=f=440:r=48000"
                                + " -t 8 -c:v libx264 -preset veryfast -bf 0 -g 30 -b:v 600k -pix_fmt yuv420p -c:a aac "
                                + film)
                        .split(" ")));
        wait(List.of(("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout " + data
                        + "/key.pem" + " -out " + data + "/cert.pem")
                .split(" ")));
        edge = new EngineEdge();
        nginx = new NginxEdge(data.resolve("nginx"), freePort(), freePort());
        demo = DemoProcess.start(data.resolve("demo"), settings(), "--no-host");
    }

    private static Map<String, String> settings() throws IOException {
        return Map.of(
                "weir.simulcast.rtmps.port",
                "0",
                "weir.simulcast.rtmps.certificate",
                data + "/cert.pem",
                "weir.simulcast.rtmps.private-key",
                data + "/key.pem",
                "weir.simulcast.srt.first-port",
                String.valueOf(freeUdpPort()),
                "weir.simulcast.webrtc.max-sessions",
                "1",
                "weir.simulcast.edge.push[0]",
                "whip://" + edge.authority() + "/whip/{show}",
                "weir.simulcast.edge.push[1]",
                nginx.push(),
                "weir.simulcast.edge.whep",
                "http://" + edge.authority() + "/whep/{show}",
                "weir.simulcast.edge.hls",
                nginx.hls());
    }

    @AfterEach
    void leave() throws InterruptedException {
        if (encoder != null) {
            encoder.destroyForcibly().waitFor();
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (demo != null) {
            demo.close();
        }
        if (nginx != null) {
            nginx.close();
        }
        if (edge != null) {
            edge.close();
        }
    }

    @Test
    void hostOverRtmps_isSeenHereAndAtTheTargets() throws Exception {
        publish("flv", ingest("rtmpsUrl") + "/" + ingest("streamKey"));
        assertOnAir("RTMP");
    }

    @Test
    void hostOverSrt_isSeenHereAndAtTheTargets() throws Exception {
        assertThat(ingest("srtUrl")).startsWith("srt://").contains("streamid=" + demo.showId(), "passphrase=");
        publish("mpegts", ingest("srtUrl").replaceFirst("streamid=", "streamid=other-"));
        assertThat(encoder.waitFor(20, TimeUnit.SECONDS)).as("turned away").isTrue();
        publish("mpegts", ingest("srtUrl"));
        assertOnAir("SRT");
        encoder.destroy();
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode host = demo.get("/api/shows/" + demo.showId() + "/numbers", "producer")
                    .json()
                    .path("host");
            assertThat(host.path("state").asText()).isEqualTo("GAP");
            assertThat(host.path("stopped").asBoolean()).isTrue();
        });
    }

    @Test
    void studio_showsTheAddressOfEveryWayThatIsOpen() {
        try (Browsers browser = new Browsers()) {
            Page studio = browser.desk();
            studio.navigate(demo.base() + "/shows/autumn-kiln/studio#key=" + demo.key("producer"));
            studio.getByTestId("way-rtmps").click();
            assertThat(studio.getByTestId("rtmps-url").textContent()).isEqualTo(ingest("rtmpsUrl"));
            studio.getByTestId("way-srt").click();
            assertThat(studio.getByTestId("srt-url").textContent())
                    .startsWith(ingest("srtUrl").replaceFirst("\\?.*", "?"))
                    .doesNotContain(ingest("streamKey"));
        }
    }

    @Test
    void viewers_watchFromTheEngineElsewhereAndFromTheNextWhenItDies() throws Exception {
        publish("flv", ingest("rtmpUrl") + "/" + ingest("streamKey"));
        String show = demo.showId();
        JsonNode media = demo.get("/api/shows/" + show + "/media", "").json();
        assertThat(media.path("whep").asText()).isEqualTo("http://" + edge.authority() + "/whep/" + show);
        assertThat(media.path("hls").asText()).isEqualTo(nginx.hls().replace("{show}", show));
        awaitPlays(nginx.hls().replace("{show}", show));

        try (Browsers browser = new Browsers()) {
            Page page = browser.phone();
            List<String> asked = new ArrayList<>();
            page.onRequest(request -> asked.add(request.method() + " " + request.url()));
            page.navigate(demo.base() + "/shows/autumn-kiln");
            Browsers.awaitRealTime(page, 360);
            await().atMost(SOON).until(() -> edge.viewers() == 1);
            assertThat(asked).noneMatch(url -> url.contains(demo.base() + "/whep"));
            assertFullHubSendsOn(page);

            edge.close();
            page.waitForCondition(() -> asked.stream().anyMatch(url -> url.endsWith(".ts")));
            page.waitForFunction(
                    "() => [...document.querySelectorAll('video')].some((v) => !v.srcObject && v.videoWidth === 360 && v.currentTime > 0)");
        }
    }

    /** One place, which is taken: who comes next is told where else to go. */
    private static void assertFullHubSendsOn(Page page) {
        String offer = (String) page.evaluate("""
                async () => {
                  const pc = new RTCPeerConnection();
                  pc.addTransceiver('video', { direction: 'recvonly' });
                  pc.addTransceiver('audio', { direction: 'recvonly' });
                  return (await pc.createOffer()).sdp;
                }""");
        DemoProcess.Answer first = offer(offer);
        DemoProcess.Answer second = offer(offer);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(second.status()).as(second.text()).isEqualTo(307);
        assertThat(second.location()).isEqualTo("http://" + edge.authority() + "/whep/" + demo.showId());
    }

    private static DemoProcess.Answer offer(String sdp) {
        return demo.post(
                demo.base().resolve("/whep/" + demo.showId()),
                null,
                sdp.getBytes(UTF_8),
                "Content-Type",
                "application/sdp");
    }

    @Test
    void playerThatNeverReads_isCutOffAndHoldsUpNobody() throws Exception {
        publish("flv", ingest("rtmpUrl") + "/" + ingest("streamKey"));
        String list = "/live/" + demo.showId() + "/index.m3u8";
        await().atMost(SOON).until(() -> demo.get(list, "").text().contains(".m4s"));
        try (Socket greedy = new Socket()) {
            greedy.setReceiveBufferSize(4096);
            greedy.connect(new InetSocketAddress("127.0.0.1", demo.base().getPort()));
            OutputStream out = greedy.getOutputStream();
            await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> {
                assertThat(demo.get(list, "").status()).isEqualTo(200);
                return !ask(out, list);
            });
        }
    }

    /** False when the connection is gone. */
    private static boolean ask(OutputStream out, String path) {
        try {
            for (int i = 0; i < 4; i++) {
                out.write(("GET " + path + " HTTP/1.1\r\nHost: weir\r\n\r\n").getBytes(US_ASCII));
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertOnAir(String protocol) {
        String show = "/api/shows/" + demo.showId();
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode host = demo.get(show + "/numbers", "producer").json().path("host");
            assertThat(host.path("state").asText()).isEqualTo("LIVE");
            assertThat(host.path("protocol").asText()).isEqualTo(protocol);
        });
        awaitPlays(demo.base() + "/live/" + demo.showId() + "/cdn.m3u8");
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode targets = demo.get(show + "/targets", "operator").json().path("items");
            assertThat(targets)
                    .hasSize(2)
                    .allMatch(target -> target.path("state").asText().equals("LIVE"));
        });
    }

    /** Picture and sound, in the eyes of a player that is not ours. */
    private static void awaitPlays(String url) {
        await().atMost(SOON).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            Process probe = new ProcessBuilder(
                            "ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width", "-of", "csv=p=0", url)
                    .redirectErrorStream(true)
                    .start();
            String found = new String(probe.getInputStream().readAllBytes(), UTF_8);
            assertThat(found).contains("h264,360").contains("aac");
        });
    }

    private static String ingest(String field) {
        return demo.get("/api/shows/" + demo.showId() + "/ingest", "producer")
                .json()
                .path(field)
                .asText();
    }

    private void publish(String format, String url) throws IOException {
        encoder = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "error",
                        "-nostdin",
                        "-re",
                        "-stream_loop",
                        "-1",
                        "-i",
                        film.toString(),
                        "-c",
                        "copy",
                        "-f",
                        format,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("encoder.log").toFile())
                .start();
    }

    private static void wait(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("made.log").toFile())
                .start();
        assertThat(process.waitFor()).as(command.getFirst()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
