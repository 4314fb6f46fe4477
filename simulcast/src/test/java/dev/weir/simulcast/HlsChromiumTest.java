package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.testkit.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A player that is not ours plays the low-latency list, by parts and by delta updates, over a change of host. */
class HlsChromiumTest {

    private static final String PAGE = """
            <!doctype html><video id=v autoplay muted playsinline></video><script src="/hls.js"></script><script>
            window.fatal = '';
            window.hls = new Hls({lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.5});
            hls.on(Hls.Events.ERROR, (event, data) => { if (data.fatal) { fatal += data.details + ' '; } });
            hls.on(Hls.Events.LEVEL_UPDATED, (event, data) => { window.details = data.details; });
            hls.loadSource('/live/index.m3u8');
            hls.attachMedia(v);
            function frames() { return v.getVideoPlaybackQuality().totalVideoFrames; }
            function lateMillis() { return hls.playingDate ? Date.now() - hls.playingDate.getTime() : 1e9; }
            </script>
            """;

    private final LiveStreams lives = new LiveStreams(TargetPolicy.standard(), Clock.systemUTC());
    private final LiveStream live = lives.open("show");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private RtmpServer rtmp;
    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        rtmp = RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(live.openHost()));
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> send(exchange, 200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
        http.createContext("/hls.js", exchange -> send(exchange, 200, "text/javascript", library()));
        http.createContext("/live/", this::media);
        http.start();
    }

    private GeneratedHost host() {
        return GeneratedHost.start(
                new HostSpec("HLS", "rtmp://127.0.0.1:" + rtmp.port() + "/live/key"), Clock.systemUTC());
    }

    private static byte[] library() throws IOException {
        try (InputStream in = HlsChromiumTest.class.getResourceAsStream(
                "/META-INF/resources/webjars/hls.js/1.4.12/dist/hls.min.js")) {
            return Objects.requireNonNull(in, "hls.js is not on the class path").readAllBytes();
        }
    }

    private void media(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/live/".length());
        String query = exchange.getRequestURI().getQuery();
        asked.add(name + "?" + query);
        try {
            if (name.equals(HlsPackager.PLAYLIST) && query != null) {
                playlist(exchange, parameters(query));
                return;
            }
            var found = live.hls(name, Duration.ofSeconds(2));
            if (found.isEmpty()) {
                send(exchange, 404, "text/plain", new byte[0]);
            } else {
                send(exchange, 200, found.get().contentType(), found.get().bytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void playlist(HttpExchange exchange, Map<String, String> asks) throws IOException, InterruptedException {
        long sequence = Long.parseLong(asks.getOrDefault("_HLS_msn", "-1"));
        int part = Integer.parseInt(asks.getOrDefault("_HLS_part", "-1"));
        switch (live.playlist(sequence, part, asks.containsKey("_HLS_skip"), Duration.ofSeconds(6))) {
            case PlaylistReply.Ready ready ->
                send(
                        exchange,
                        200,
                        ready.playlist().contentType(),
                        ready.playlist().bytes());
            case PlaylistReply.TimedOut late -> send(exchange, 503, "text/plain", new byte[0]);
            case PlaylistReply.TooFarAhead far -> send(exchange, 400, "text/plain", new byte[0]);
        }
    }

    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        http.stop(0);
        rtmp.close();
        lives.close();
    }

    @Test
    void hlsJs_playsPartsAndDeltaUpdates_andGoesOnOverAChangeOfHost() {
        Path chromium = Tools.find("chromium").orElse(Path.of("chromium"));
        Tools.require(Tools.find("chromium").isPresent(), "chromium");
        try (GeneratedHost first = host();
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--autoplay-policy=no-user-gesture-required")))) {
            Page page = browser.newPage();
            page.navigate("http://127.0.0.1:" + http.getAddress().getPort() + "/");
            until(page, "frames() > 60 && lateMillis() < 5000");
            until(
                    page,
                    "details && details.canBlockReload && details.partTarget === 0.25 && details.skippedSegments > 0");
            long before = ((Number) page.evaluate("frames()")).longValue();
            try (GeneratedHost second = host()) {
                until(page, "details.endCC > details.startCC && frames() > " + (before + 150));
                until(page, "lateMillis() < 5000");
                assertThat(second.isRunning() && first.isRunning()).isTrue();
            }
            assertThat(page.evaluate("fatal")).isEqualTo("");
        }
        assertThat(asked).anyMatch(name -> name.startsWith("part-")).anyMatch(name -> name.contains("_HLS_skip"));
    }

    private static void until(Page page, String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(40_000));
    }
}
