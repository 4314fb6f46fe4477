package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A browser that is not ours sees the host over WebRTC. */
@Isolated("a browser that shows 30 pictures a second needs what the machine has")
class WhepChromiumTest {

    private static final String PAGE = """
            <!doctype html><video id=v autoplay muted playsinline></video><script>
            async function watch(tcpOnly) {
              const pc = window.pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
              pc.addTransceiver('video', {direction: 'recvonly'});
              pc.addTransceiver('audio', {direction: 'recvonly'});
              const media = new MediaStream();
              pc.ontrack = e => { media.addTrack(e.track); v.srcObject = media; };
              await pc.setLocalDescription(await pc.createOffer());
              const answer = await fetch('/whep', {method: 'POST', body: pc.localDescription.sdp});
              let sdp = await answer.text();
              if (answer.status !== 201) { throw new Error(sdp); }
              if (tcpOnly) { sdp = sdp.replace(/a=candidate:.* udp .*\\r\\n/g, ''); }
              await pc.setRemoteDescription({type: 'answer', sdp});
            }
            setInterval(async () => {
              if (!window.pc) { return; }
              for (const report of (await pc.getStats()).values()) {
                if (report.type === 'inbound-rtp' && report.kind === 'video') { window.decoded = report.framesDecoded; }
              }
            }, 100);
            </script>
            """;

    private final LiveStreams lives = new LiveStreams(TargetPolicy.standard(), InstantSource.system());
    private RtmpServer rtmp;
    private WebRtcServer rtc;
    private HttpServer http;
    private GeneratedHost host;

    @BeforeEach
    void start() throws IOException {
        rtmp = RtmpServer.start(
                RtmpConfig.on("127.0.0.1", 0),
                request -> new PublishVerdict.Accepted(lives.open("show").openHost()));
        rtc = WebRtcServer.start(WebRtcConfig.on("127.0.0.1", 0), InstantSource.system());
        host = GeneratedHost.start(
                new HostSpec("WHEP", "rtmp://127.0.0.1:" + rtmp.port() + "/live/key"), InstantSource.system());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> reply(exchange, 200, "text/html", PAGE));
        http.createContext("/whep", this::whep);
        http.start();
    }

    private void whep(HttpExchange exchange) throws IOException {
        String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (rtc.whep(lives.open("show"), offer, "127.0.0.1")) {
            case WhepReply.Answered answered -> reply(exchange, 201, "application/sdp", answered.sdp());
            case WhepReply.Refused refused -> reply(exchange, refused.status(), "text/plain", refused.reason());
            case WhepReply.Full full -> reply(exchange, 503, "text/plain", full.reason());
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        host.close();
        http.stop(0);
        rtc.close();
        rtmp.close();
        lives.close();
    }

    @Test
    void hostOverRtmp_isSeenInChromium_overUdpAndOverTcp() {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--autoplay-policy=no-user-gesture-required")))) {
            for (boolean tcpOnly : new boolean[] {false, true}) {
                Page page = browser.newPage();
                page.navigate("http://127.0.0.1:" + http.getAddress().getPort() + "/");
                page.evaluate("tcpOnly => watch(tcpOnly)", tcpOnly);
                page.waitForFunction(
                        "() => window.decoded > 60 && v.videoWidth === 720",
                        null,
                        new Page.WaitForFunctionOptions().setTimeout(20_000));
                assertThat(rtc.sessions())
                        .anySatisfy(session -> assertThat(session.transport()).isEqualTo(tcpOnly ? "TCP" : "UDP"));
                page.close();
            }
        }
    }

    private static Path chromium() {
        for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
            Path path = Path.of("/usr/bin", name);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        if ("true".equals(System.getenv("WEIR_REQUIRE_BROWSER"))) {
            throw new AssertionError("chromium: absent (expected: installed, WEIR_REQUIRE_BROWSER is true)");
        }
        Assumptions.abort("chromium: absent");
        throw new AssertionError();
    }
}
