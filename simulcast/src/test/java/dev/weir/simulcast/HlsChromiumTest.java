package dev.weir.simulcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.simulcast.testing.Clips;
import dev.weir.simulcast.testkit.NginxRtmp;
import dev.weir.simulcast.testkit.Tools;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The host drops out and the operator's image takes its place: a player that is not ours plays the low-latency list, by
 * parts and by delta updates, another one over WebRTC, and a target and the recording go on as well.
 */
@Isolated("a browser that shows 30 pictures a second needs what the machine has")
class HlsChromiumTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String PAGE = """
            <!doctype html><video id=v autoplay muted playsinline></video><video id=w autoplay muted playsinline></video>
            <script src="/hls.js"></script><script>
            window.fatal = '';
            window.hls = new Hls({lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.5});
            hls.on(Hls.Events.ERROR, (event, data) => { if (data.fatal) { fatal += data.details + ' '; } });
            hls.on(Hls.Events.LEVEL_UPDATED, (event, data) => { window.details = data.details; });
            hls.loadSource('/live/index.m3u8');
            hls.attachMedia(v);
            function frames(video = v) { return video.getVideoPlaybackQuality().totalVideoFrames; }
            async function watch() {
              const pc = window.pc = new RTCPeerConnection({bundlePolicy: 'max-bundle'});
              pc.addTransceiver('video', {direction: 'recvonly'});
              pc.addTransceiver('audio', {direction: 'recvonly'});
              const media = new MediaStream();
              pc.ontrack = e => { media.addTrack(e.track); w.srcObject = media; };
              await pc.setLocalDescription(await pc.createOffer());
              const answer = await fetch('/whep', {method: 'POST', body: pc.localDescription.sdp});
              await pc.setRemoteDescription({type: 'answer', sdp: await answer.text()});
            }
            const canvas = Object.assign(document.createElement('canvas'), {width: 4, height: 4}).getContext('2d');
            function showsSlate(video) {
              canvas.drawImage(video, 0, 0, 4, 4);
              const pixels = canvas.getImageData(0, 0, 4, 4).data;
              for (let i = 0; i < pixels.length; i += 4) {
                if (pixels[i] < 170 || pixels[i + 1] > 100 || pixels[i + 2] < 170) { return false; }
              }
              return true;
            }
            function lateMillis() { return hls.playingDate ? Date.now() - hls.playingDate.getTime() : 1e9; }
            </script>
            """;

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private LiveStreams lives;
    private LiveStream live;
    private RtmpServer rtmp;
    private WebRtcServer rtc;
    private HttpServer http;
    private NginxRtmp nginx;
    private Process encoder;

    @BeforeEach
    void start() throws IOException {
        Tools.require(NginxRtmp.available(), "nginx-light and libnginx-mod-rtmp");
        Tools.require(Tools.find("chromium").isPresent(), "chromium");
        Clips.houseFile(6);
        lives = new LiveStreams(
                LiveStreamsConfig.standard()
                        .withSlate(magenta())
                        .withRecording(new RecordingConfig(folder.resolve("recordings"), Duration.ofDays(1), 0)),
                Clock.systemUTC());
        live = lives.open("show");
        nginx = NginxRtmp.start(
                "application sink { live on; record all; record_path %s; record_suffix .flv; }".formatted(folder));
        live.targets().add(new TargetSpec("t", "t", null, nginx.url("sink", "t")));
        rtmp = RtmpServer.start(RtmpConfig.on("127.0.0.1", 0), request -> new PublishVerdict.Accepted(live.openHost()));
        rtc = WebRtcServer.start(WebRtcConfig.on("127.0.0.1", 0), Clock.systemUTC());
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", exchange -> send(exchange, 200, "text/html", PAGE.getBytes(StandardCharsets.UTF_8)));
        http.createContext("/hls.js", exchange -> send(exchange, 200, "text/javascript", library()));
        http.createContext("/live/", this::media);
        http.createContext("/whep", this::whep);
        http.start();
    }

    private SlateImage magenta() throws IOException {
        var image = new BufferedImage(360, 640, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, 0xFF00FF);
            }
        }
        Path file = folder.resolve("slate.png");
        ImageIO.write(image, "png", file.toFile());
        return SlateImage.read(file);
    }

    private void publish() throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "quiet", "-nostdin", "-re", "-stream_loop"));
        command.addAll(List.of("-1", "-i", Clips.houseFile(6).toString(), "-c", "copy", "-f", "flv"));
        command.add("rtmp://127.0.0.1:" + rtmp.port() + "/live/key");
        encoder = new ProcessBuilder(command).inheritIO().start();
    }

    private void whep(HttpExchange exchange) throws IOException {
        String offer = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String answer = switch (rtc.whep(live, offer, "127.0.0.1")) {
            case WhepReply.Answered answered -> answered.sdp();
            case WhepReply.Refused refused -> refused.reason();
            case WhepReply.Full full -> full.reason();
        };
        send(exchange, 201, "application/sdp", answer.getBytes(StandardCharsets.UTF_8));
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
        if (encoder != null) {
            encoder.destroyForcibly();
        }
        if (http != null) {
            http.stop(0);
            rtc.close();
            rtmp.close();
            lives.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void slateImage_takesTheHostsPlaceForEverybodyUntilItIsBack() throws Exception {
        publish();
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Tools.find("chromium").orElseThrow())
                                .setArgs(List.of(
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--autoplay-policy=no-user-gesture-required")))) {
            await().atMost(PATIENCE).until(live::onAir);
            Page page = browser.newPage();
            page.navigate("http://127.0.0.1:" + http.getAddress().getPort() + "/");
            page.evaluate("watch()");
            until(page, "frames() > 60 && lateMillis() < 5000 && frames(w) > 60");
            until(
                    page,
                    "details && details.canBlockReload && details.partTarget === 0.25 && details.skippedSegments > 0");
            encoder.destroyForcibly().waitFor();
            until(page, "showsSlate(w) && showsSlate(v)");
            publish();
            until(page, "!showsSlate(w) && !showsSlate(v)");
            int frames = ((Number) page.evaluate("window.before = frames() + frames(w)")).intValue();
            until(
                    page,
                    "frames() + frames(w) > before + 120 && details.endCC > details.startCC && lateMillis() < 5000");
            assertThat(frames).isPositive();
            assertThat(page.evaluate("fatal")).isEqualTo("");
            assertThat(rtc.sessions()).hasSize(1);
        }
        assertThat(asked).anyMatch(name -> name.startsWith("part-")).anyMatch(name -> name.contains("_HLS_skip"));
        assertTargetTookAll();
        assertRecordedInParts();
    }

    private void assertTargetTookAll() throws Exception {
        TargetStatus target = live.targets().find("t").orElseThrow().status();
        assertThat(target.state()).isEqualTo(TargetState.LIVE);
        assertThat(target.reconnects()).isZero();
        assertThat(target.droppedUnits()).isZero();
        lives.end("show");
        await().atMost(PATIENCE).until(() -> nginx.bytesIn().isEmpty());
        Path taken = folder.resolve("t.flv");
        assertThat(Programs.complaints(taken)).isEmpty();
        Recorded.probe(taken).assertInOrder();
    }

    /** Its codec settings are not the host's, and an MP4 file has one of them. */
    private void assertRecordedInParts() throws IOException {
        Recordings recordings = lives.recordings().orElseThrow();
        await().atMost(PATIENCE)
                .until(() -> recordings.find("show", 0).orElseThrow().state() == RecordingState.READY);
        Recording recording = recordings.find("show", 0).orElseThrow();
        assertThat(recording.reason()).startsWith("in 3 files, because the picture's codec settings changed");
        assertThat(recording.downloads())
                .hasSize(3)
                .allSatisfy(name -> assertThat(Programs.complaints(
                                folder.resolve("recordings/show/0").resolve(name)))
                        .isEmpty());
    }

    private static void until(Page page, String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE.toMillis()));
    }
}
